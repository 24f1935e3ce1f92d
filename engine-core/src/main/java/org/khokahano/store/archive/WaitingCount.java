package org.khokahano.store.archive;

/**
 * What waits for rows in a code table.
 *
 * @param table the code table's name
 * @param codes how many different codes
 * @param deliveries how many deliveries wait for one of them or several
 */
public record WaitingCount(String table, long codes, long deliveries) {}
