package org.khokahano.ack;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * MSH-7 of acknowledgements: {@code yyyyMMddHHmmss.SSS±ZZZZ} (2.A.22). The part down to the second is
 * kept, since thousands of acknowledgements share it.
 */
final class AckTimestamp {

    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xx");

    private final ZoneId zone;
    private volatile Formatted last = new Formatted(Long.MIN_VALUE, "", "");

    private record Formatted(long second, String text, String offset) {}

    AckTimestamp(ZoneId zone) {
        this.zone = zone;
    }

    String format(long wallMillis) {
        long second = Math.floorDiv(wallMillis, 1_000);
        Formatted formatted = last;
        if (formatted.second() != second) {
            ZonedDateTime time = Instant.ofEpochSecond(second).atZone(zone);
            formatted = new Formatted(second, time.format(SECOND), time.format(OFFSET));
            last = formatted;
        }
        int millis = (int) Math.floorMod(wallMillis, 1_000L);
        return formatted.text()
                + '.'
                + (char) ('0' + millis / 100)
                + (char) ('0' + millis / 10 % 10)
                + (char) ('0' + millis % 10)
                + formatted.offset();
    }
}
