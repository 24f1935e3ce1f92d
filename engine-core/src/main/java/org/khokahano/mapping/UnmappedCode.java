package org.khokahano.mapping;

/**
 * A code that a code table does not know. A code of a table is no patient data; it is shown to
 * operators, and never logged.
 *
 * @param table the code table's name
 * @param code the code as it stands in the message
 * @param system its coding system as it stands in the message; empty where it names none
 * @param place where it stands, as a path: {@code OBX[3]-3}
 */
public record UnmappedCode(String table, String code, String system, String place) {
    @Override
    public String toString() {
        return "unmapped code of table " + table + " at " + place;
    }
}
