package org.khokahano.mapping;

/**
 * A code for which a code table has no answer: no row, or several that differ. A code of a table is no patient data; it is shown to
 * operators, and never logged.
 *
 * @param table the code table's name
 * @param code the code as it stands in the message
 * @param system its coding system as it stands in the message; empty where it names none
 * @param place where it stands, as a path: {@code OBX[3]-3}
 * @param ambiguous whether several rows fit, and not none
 */
public record UnmappedCode(String table, String code, String system, String place, boolean ambiguous) {

    /** A code without a row. */
    public UnmappedCode(String table, String code, String system, String place) {
        this(table, code, system, place, false);
    }

    @Override
    public String toString() {
        return "unmapped code of table " + table + " at " + place;
    }
}
