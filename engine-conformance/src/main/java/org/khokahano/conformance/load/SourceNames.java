package org.khokahano.conformance.load;

import java.util.Locale;
import java.util.Set;

/** Names as tools write them, and as HL7 and this project do. */
final class SourceNames {
    private static final int LONGEST_NAME = 60;

    private SourceNames() {}

    /** {@code VXU_V04.ORDER.TIMING} is TIMING: what a group stands in is known. */
    static String group(String written) {
        return written.substring(written.lastIndexOf('.') + 1);
    }

    /** {@code HD_IZ_0361} is a flavour of HD; some types of HL7 have an underscore of their own. */
    static String dataType(String written) {
        int underscore = written.indexOf('_');
        return underscore < 0 || written.startsWith("CM_") ? written : written.substring(0, underscore);
    }

    /** For names of profiles and files: small letters, digits and hyphens. */
    static String slug(String text) {
        String slug =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        return slug.length() <= LONGEST_NAME
                ? slug
                : slug.substring(0, LONGEST_NAME).replaceAll("-+$", "");
    }

    /** A name that is not taken yet, and is from now on. */
    static String unique(String name, int longest, Set<String> taken) {
        String given = name.isBlank() ? "slice" : name;
        String unique = sentence(given, longest);
        for (int number = 2; !taken.add(unique); number++) {
            unique = sentence(given, longest - 4) + ' ' + number;
        }
        return unique;
    }

    /** What stands in a text for people: one line of bounded length. */
    static String sentence(String text, int longest) {
        String line = text.replaceAll("\\s+", " ").strip();
        if (line.length() <= longest) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return line.substring(0, end) + "…";
    }
}
