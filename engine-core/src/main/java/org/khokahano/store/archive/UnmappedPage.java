package org.khokahano.store.archive;

import java.util.List;

/**
 * The codes that held deliveries wait for, by sender, table and code; what most wait for comes first.
 *
 * @param complete false where there are so many that only those of the newest deliveries were counted
 */
public record UnmappedPage(List<Entry> entries, boolean complete) {

    public UnmappedPage {
        entries = List.copyOf(entries);
    }

    /**
     * One code of one sender.
     *
     * @param listener the listener's name
     * @param facility the facility that the listener serves, empty where none is set
     * @param sender MSH-3 and MSH-4
     * @param table the code table's name
     * @param code the code
     * @param system its coding system; empty where the messages name none
     * @param deliveries how many deliveries wait for it
     * @param firstMillis wall time at which the first of their messages was stored
     * @param lastMillis wall time at which the latest was
     * @param examples some of the messages, the latest first
     */
    public record Entry(
            String listener,
            String facility,
            String sender,
            String table,
            String code,
            String system,
            long deliveries,
            long firstMillis,
            long lastMillis,
            List<Example> examples) {

        public Entry {
            examples = List.copyOf(examples);
        }

        @Override
        public String toString() {
            return deliveries + " deliveries that wait for a code of table " + table;
        }
    }

    /** A message with the place where the code stands in it. */
    public record Example(long messageId, long deliveryId, String place) {}
}
