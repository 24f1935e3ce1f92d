package org.khokahano.conformance.standard;

import org.jspecify.annotations.Nullable;
import org.khokahano.conformance.rule.Element;

/** How values of the primitive data types are written (2.A), looked at byte by byte. */
enum DataTypeSyntax {
    NUMBER("a number (NM)") {
        @Override
        boolean fits(Element value) {
            int size = value.size();
            int at = size > 0 && isSign(value.at(0)) ? 1 : 0;
            int digits = digits(value, at, size);
            at += digits;
            if (at < size && value.at(at) == '.') {
                int fraction = digits(value, at + 1, size);
                digits += fraction;
                at += fraction + 1;
            }
            return digits > 0 && at == size;
        }
    },
    SEQUENCE_ID("a whole number without a sign (SI)") {
        @Override
        boolean fits(Element value) {
            return value.size() > 0 && digits(value, 0, value.size()) == value.size();
        }
    },
    DATE("a date written YYYY[MM[DD]] (DT)") {
        @Override
        boolean fits(Element value) {
            return date(value, value.size()) == value.size();
        }
    },
    TIME("a time written HH[MM[SS[.S]]] with or without a zone (TM)") {
        @Override
        boolean fits(Element value) {
            int end = beforeZone(value);
            return end > 0 && time(value, 0, end);
        }
    },
    DATE_TIME("a date and time written YYYY[MM[DD[HH[MM[SS[.S]]]]]] with or without a zone (TS, DTM)") {
        @Override
        boolean fits(Element value) {
            int end = beforeZone(value);
            int dated = Math.min(end, DATE_DIGITS);
            return end > 0 && date(value, dated) == dated && (end == dated || time(value, dated, end));
        }
    };

    private static final int DATE_DIGITS = 8;
    private static final int ZONE = 5;
    private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private final String words;

    DataTypeSyntax(String words) {
        this.words = words;
    }

    /** What a value has to be, as in "a number (NM)". */
    String words() {
        return words;
    }

    abstract boolean fits(Element value);

    /** How values of that type are written; null where any text is one, or the type has components. */
    static @Nullable DataTypeSyntax of(String type) {
        return switch (type) {
            case "NM" -> NUMBER;
            case "SI" -> SEQUENCE_ID;
            case "DT" -> DATE;
            case "TM" -> TIME;
            case "DTM", "TSComponentOne" -> DATE_TIME;
            default -> null;
        };
    }

    private static boolean isSign(int character) {
        return character == '+' || character == '-';
    }

    private static int digits(Element value, int from, int to) {
        int at = from;
        while (at < to && value.at(at) >= '0' && value.at(at) <= '9') {
            at++;
        }
        return Math.max(0, at - from);
    }

    private static int two(Element value, int at) {
        return (value.at(at) - '0') * 10 + value.at(at + 1) - '0';
    }

    /** How much of it is a date: all of {@code size}, or -1. */
    private static int date(Element value, int size) {
        if ((size != 4 && size != 6 && size != DATE_DIGITS) || digits(value, 0, size) != size) {
            return -1;
        }
        if (size == 4) {
            return size;
        }
        int month = two(value, 4);
        if (month < 1 || month > DAYS.length) {
            return -1;
        }
        if (size == 6) {
            return size;
        }
        int day = two(value, 6);
        int year = two(value, 0) * 100 + two(value, 2);
        boolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        int last = month == 2 && !leap ? 28 : DAYS[month - 1];
        return day >= 1 && day <= last ? size : -1;
    }

    /** Hours, minutes and seconds with at most four digits of a fraction. */
    private static boolean time(Element value, int from, int to) {
        int digits = digits(value, from, to);
        if (digits != 2 && digits != 4 && digits != 6) {
            return false;
        }
        boolean inDay = two(value, from) < 24
                && (digits < 4 || two(value, from + 2) < 60)
                && (digits < 6 || two(value, from + 4) < 60);
        int at = from + digits;
        if (!inDay || at == to) {
            return inDay;
        }
        int fraction = digits(value, at + 1, to);
        return digits == 6 && value.at(at) == '.' && fraction >= 1 && fraction <= 4 && at + 1 + fraction == to;
    }

    /** Where the zone begins, or the end; -1 where there is a sign and no zone behind it. */
    private static int beforeZone(Element value) {
        int size = value.size();
        for (int at = 0; at < size; at++) {
            if (isSign(value.at(at))) {
                boolean zone = size - at == ZONE
                        && digits(value, at + 1, size) == ZONE - 1
                        && two(value, at + 1) < 24
                        && two(value, at + 3) < 60;
                return zone ? at : -1;
            }
        }
        return size;
    }
}
