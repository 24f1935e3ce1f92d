package org.khokahano.config.read;

import java.util.Locale;
import java.util.regex.Pattern;

/** How names are written in a configuration. */
final class Names {
    /** The longest name. It becomes a metric's label and a directory's part. */
    private static final int LONGEST = 64;

    static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_.-]{0," + (LONGEST - 1) + "}");
    static final String NAME_ADVICE =
            "a name has at most 64 small letters, digits, '-', '_' and '.', and begins with a letter or a digit";

    private Names() {}

    /** {@code DEAD_LETTER} as {@code deadLetter}. */
    static String camelCase(String constant) {
        StringBuilder name = new StringBuilder();
        for (String word : constant.toLowerCase(Locale.ROOT).split("_", -1)) {
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }
}
