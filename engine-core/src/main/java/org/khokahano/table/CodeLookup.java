package org.khokahano.table;

import java.util.List;

/** What a code table says to a code. */
public sealed interface CodeLookup {

    /** One row answers. */
    record Found(CodeRow row) implements CodeLookup {}

    /** No row that is valid at that time has the code. */
    record Absent() implements CodeLookup {
        static final Absent ABSENT = new Absent();
    }

    /**
     * Several rows answer differently, as where two local codes have the same target and it is looked up
     * backwards. None of them is chosen in silence.
     *
     * @param rows at least two, in the order of the table
     */
    record Ambiguous(List<CodeRow> rows) implements CodeLookup {
        public Ambiguous {
            rows = List.copyOf(rows);
        }
    }
}
