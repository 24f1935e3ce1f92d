package org.khokahano.expression;

import org.khokahano.table.CodeLookup;
import org.khokahano.table.CodeLookup.Absent;
import org.khokahano.table.CodeLookup.Found;
import org.khokahano.table.CodeTable;

/** A code table at the time at which the message was received. */
record TableInput(CodeTable table, long atMillis) {

    boolean has(String code) {
        return has(code, "");
    }

    boolean has(String code, String system) {
        return !(table.find(code, system, atMillis) instanceof Absent);
    }

    String target(String code) {
        return target(code, "");
    }

    /** Empty where the table has no answer, or several. */
    String target(String code, String system) {
        CodeLookup lookup = table.find(code, system, atMillis);
        return lookup instanceof Found found ? found.row().target() : "";
    }

    String display(String code) {
        return display(code, "");
    }

    String display(String code, String system) {
        CodeLookup lookup = table.find(code, system, atMillis);
        return lookup instanceof Found found ? found.row().display() : "";
    }
}
