package org.khokahano.table;

/**
 * One row of a code table. Texts are empty where the row says nothing.
 *
 * @param line where it stands in its file, from 1
 * @param code the code that is looked up
 * @param system the coding system of the code; empty where it does not matter
 * @param display the name of the code
 * @param target what it is translated to
 * @param targetSystem the coding system of the target
 * @param targetDisplay the name of the target
 * @param period when the row is valid
 */
public record CodeRow(
        int line,
        String code,
        String system,
        String display,
        String target,
        String targetSystem,
        String targetDisplay,
        Period period) {}
