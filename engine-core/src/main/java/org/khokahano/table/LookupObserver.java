package org.khokahano.table;

/** Is told of rows as they answer; for whoever measures what cases cover. Costs nothing unused. */
@FunctionalInterface
public interface LookupObserver {

    /** One row of the table answered a lookup, in either direction. */
    void found(String table, CodeRow row);
}
