package org.khokahano.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A code that a held delivery waits for: a row for it in a code table releases the delivery. It is shown
 * to operators and never logged, since a sender may have written anything where a code should be.
 *
 * @param table the code table's name
 * @param code the code, at most {@link #MAX_LENGTH} characters of it
 * @param system its coding system, as far; empty where the message names none
 * @param place where it stands first in the message, as a path
 */
public record WaitingCode(String table, String code, String system, String place) {

    /** What is kept of a code: more than any coding system needs. */
    public static final int MAX_LENGTH = 200;

    /** What is kept of one delivery; the others are found once these have their rows. */
    public static final int MOST_CODES = 200;

    public WaitingCode {
        code = bounded(code);
        system = bounded(system);
        place = bounded(place);
    }

    /** Whether only the beginning of the code is known, so that a table cannot be asked for it. */
    public boolean isCut() {
        return code.length() >= MAX_LENGTH || system.length() >= MAX_LENGTH;
    }

    /** Each code once, with its first place; at most {@link #MOST_CODES} of them. */
    public static List<WaitingCode> distinct(List<WaitingCode> codes) {
        Map<List<String>, WaitingCode> distinct = new LinkedHashMap<>();
        for (WaitingCode code : codes) {
            if (distinct.size() == MOST_CODES) {
                break;
            }
            distinct.putIfAbsent(List.of(code.table(), code.code(), code.system()), code);
        }
        return List.copyOf(distinct.values());
    }

    private static String bounded(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return "a code of table " + table + " at " + place;
    }
}
