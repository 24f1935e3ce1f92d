package org.khokahano.message;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * MSH-18's names (HL7 table 0211) and the aliases that are in use, as encodings. Case, spaces and
 * punctuation in a name do not count: {@code UNICODE UTF-8}, {@code utf8} and {@code UTF-8} are one.
 */
final class CharacterSets {
    private static final Map<String, TextEncoding> BY_NAME = byName();
    private static final @Nullable TextEncoding JAPANESE = known("ISO-2022-JP-2", ByteShape.ISO_2022);

    private CharacterSets() {}

    /**
     * The encoding that MSH-18 declares by its repetitions, or null where a name is unknown. An empty
     * first repetition is ASCII; Japanese sets named after it are switched to by escape sequences,
     * and one decoder reads them all.
     */
    static @Nullable TextEncoding declared(String firstName, String otherNames) {
        String first = normal(firstName);
        if (JAPANESE != null && (isJapanese(first) || isJapanese(normal(otherNames)))) {
            return JAPANESE;
        }
        return first.isEmpty() ? TextEncoding.ASCII : BY_NAME.get(first);
    }

    private static boolean isJapanese(String name) {
        return name.contains("ISOIR87")
                || name.contains("ISOIR159")
                || name.contains("ISOIR14")
                || name.contains("ISOIR13")
                || name.contains("ISO2022JP");
    }

    private static String normal(String name) {
        StringBuilder normal = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char character = name.charAt(i);
            if (character >= 128) {
                // No name of table 0211 has it: what stands here is not MSH-18.
                return "?";
            }
            if (character >= 'a' && character <= 'z') {
                normal.append((char) (character - 'a' + 'A'));
            } else if ((character >= 'A' && character <= 'Z') || (character >= '0' && character <= '9')) {
                normal.append(character);
            }
        }
        return normal.toString();
    }

    private static Map<String, TextEncoding> byName() {
        Map<String, TextEncoding> names = new HashMap<>();
        for (String ascii : new String[] {"ASCII", "USASCII", "ISOIR6", "646", "ISO646"}) {
            names.put(ascii, TextEncoding.ASCII);
        }
        for (String utf8 : new String[] {"UTF8", "UNICODEUTF8", "UNICODE", "ISOIR192"}) {
            names.put(utf8, TextEncoding.UTF_8);
        }
        int[] registered = {100, 101, 109, 110, 144, 127, 126, 138, 148};
        for (int part = 1; part <= 9; part++) {
            isoPart(names, part, "ISOIR" + registered[part - 1]);
        }
        isoPart(names, 15, "ISOIR203");
        windows(names);
        put(names, "EUC-KR", ByteShape.ASCII_SAFE, "KSX1001", "KSC5601", "EUCKR");
        put(names, "GB18030", ByteShape.GB_18030, "GB180302000", "GB18030");
        put(names, "GBK", ByteShape.GBK, "GBK", "GB2312", "CP936");
        put(names, "Big5", ByteShape.BIG_5, "BIG5");
        put(names, "Shift_JIS", ByteShape.SHIFT_JIS, "SHIFTJIS", "SJIS");
        return Map.copyOf(names);
    }

    private static void isoPart(Map<String, TextEncoding> names, int part, String registered) {
        String[] aliases = {"8859" + part, "ISO8859" + part, "ISO" + "IEC8859" + part, registered};
        put(names, "ISO-8859-" + part, ByteShape.ASCII_SAFE, aliases);
    }

    private static void windows(Map<String, TextEncoding> names) {
        for (int page = 1250; page <= 1258; page++) {
            String[] aliases = {"WINDOWS" + page, "CP" + page};
            put(names, "windows-" + page, ByteShape.ASCII_SAFE, aliases);
        }
    }

    private static void put(Map<String, TextEncoding> names, String charset, ByteShape shape, String... aliases) {
        TextEncoding encoding = known(charset, shape);
        if (encoding != null) {
            for (String alias : aliases) {
                names.put(alias, encoding);
            }
        }
    }

    /** A Java runtime may lack the rarer character sets; such a name is then an unknown one. */
    private static @Nullable TextEncoding known(String charset, ByteShape shape) {
        return Charset.isSupported(charset) ? new TextEncoding(Charset.forName(charset), shape) : null;
    }
}
