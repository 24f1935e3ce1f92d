package org.khokahano.config.yaml;

import java.util.Map;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.problem.SourceFile;

/**
 * Characters that nobody sees and that make a key another key. They come along when text is copied from a
 * web page or a document; the message about an unknown key would show a key that looks right.
 */
final class InvisibleCharacters {
    private static final int MOST_TOLD = 5;

    private static final Map<Integer, String> NAMES = Map.of(
            0x00A0, "a no-break space",
            0x00AD, "a soft hyphen",
            0x200B, "a zero width space",
            0x200C, "a zero width non-joiner",
            0x200D, "a zero width joiner",
            0x2060, "a word joiner",
            0x200E, "a left-to-right mark",
            0x200F, "a right-to-left mark",
            0xFEFF, "a byte order mark");

    private InvisibleCharacters() {}

    /** Comments may hold what they like. */
    static void warn(SourceFile source, Problems problems) {
        int told = 0;
        int line = 1;
        int column = 1;
        boolean comment = false;
        String text = source.text();
        for (int at = 0; at < text.length() && told < MOST_TOLD; at++) {
            char character = text.charAt(at);
            if (character == '\n') {
                line++;
                column = 1;
                comment = false;
                continue;
            }
            comment |= character == '#' && (column == 1 || Character.isWhitespace(text.charAt(at - 1)));
            String name = comment || character < 0x80 ? null : NAMES.get((int) character);
            if (name != null) {
                told++;
                problems.warning(
                        source.at(line, column),
                        String.format("there is %s here, which nobody sees (U+%04X)", name, (int) character),
                        "remove it; where it is meant, write it in double quotes as \\u"
                                + String.format("%04X", (int) character));
            }
            column++;
        }
    }
}
