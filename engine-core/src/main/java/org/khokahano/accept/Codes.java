package org.khokahano.accept;

import java.util.Locale;

/** The words by which events and the store name a constant. */
final class Codes {

    private Codes() {}

    /** {@code NO_MSH} as {@code noMsh}. */
    static String camelCase(String constant) {
        StringBuilder word = new StringBuilder(constant.length());
        for (String part : constant.toLowerCase(Locale.ROOT).split("_", -1)) {
            word.append(word.length() == 0 ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
        }
        return word.toString();
    }
}
