package org.khokahano.cli.demo;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** MSH of one sender: who it is and in which version of HL7 it speaks. */
record DemoHeader(String application, String facility, String run, String version) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssxx", Locale.ROOT);

    /** @param runMillis when the demo began, so that no control id comes twice */
    static DemoHeader of(String application, String facility, long runMillis, String version) {
        String run = Long.toString(runMillis / 1000, 36).toUpperCase(Locale.ROOT);
        return new DemoHeader(application, facility, run, version);
    }

    /** The segment with its end. */
    String segment(String type, int number) {
        return "MSH|^~\\&|" + application + "|" + facility + "|HUB|MOH|" + now() + "||" + type + "|" + controlId(number)
                + "|P|" + version + "|||||LSO|UNICODE UTF-8\r";
    }

    /** MSH-10: applications of one facility have ids of their own. */
    String controlId(int number) {
        return "" + application.charAt(0) + facility.charAt(0) + run + "-" + number;
    }

    static String now() {
        return OffsetDateTime.now().format(TIME);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
