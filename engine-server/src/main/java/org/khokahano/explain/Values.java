package org.khokahano.explain;

import org.khokahano.cli.terminal.Paint;

/** Values as they may be shown. */
final class Values {
    private static final int LONGEST = 1_000;

    private Values() {}

    /** Without control characters; a document inside a message is longer than anybody reads. */
    static String shown(String value) {
        return value.length() <= LONGEST
                ? Paint.shown(value)
                : Paint.shown(value.substring(0, LONGEST)) + "... (" + value.length() + " characters)";
    }
}
