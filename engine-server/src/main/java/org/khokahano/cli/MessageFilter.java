package org.khokahano.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which messages a command is about. */
final class MessageFilter {

    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");

    @Option(names = "--patient", paramLabel = "ID", description = "PID-3.1, exactly.")
    private @Nullable String patient;

    @Option(names = "--control-id", paramLabel = "ID", description = "MSH-10, exactly.")
    private @Nullable String controlId;

    @Option(names = "--type", paramLabel = "TYPE", description = "MSH-9: ADT^A01, or ADT for all its events.")
    private @Nullable String type;

    @Option(names = "--facility", paramLabel = "NAME", description = "The facility's name.")
    private @Nullable String facility;

    @Option(names = "--listener", paramLabel = "NAME", description = "The listener that received it.")
    private @Nullable String listener;

    @Option(names = "--destination", paramLabel = "NAME", description = "A destination that it goes to.")
    private @Nullable String destination;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "A state that one of its deliveries has: queued,"
                    + " delivered, dead_letter, skipped, held or resent.")
    private @Nullable String state;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description =
                    "Received at this time or later:" + " 2026-11-22T08:00, 2026-11-22, or how long ago: 30m, 2h, 7d.")
    private @Nullable String from;

    @Option(names = "--until", paramLabel = "TIME", description = "Received before this time.")
    private @Nullable String until;

    /** As the API's parameters. */
    Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        put(query, "patientId", patient);
        put(query, "controlId", controlId);
        put(query, "type", type);
        put(query, "facility", facility);
        put(query, "listener", listener);
        put(query, "destination", destination);
        put(query, "state", state);
        put(query, "from", from == null ? null : time(from).toString());
        put(query, "until", until == null ? null : time(until).toString());
        return query;
    }

    static void put(Map<String, String> query, String name, @Nullable String value) {
        if (value != null) {
            query.put(name, value);
        }
    }

    /** A time as people write it, in this machine's time zone where none is written. */
    static Instant time(String text) {
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            long count = Long.parseLong(ago.group(1));
            Duration unit = switch (ago.group(2)) {
                case "s" -> Duration.ofSeconds(1);
                case "m" -> Duration.ofMinutes(1);
                case "h" -> Duration.ofHours(1);
                default -> Duration.ofDays(1);
            };
            return Instant.now().minus(unit.multipliedBy(count));
        }
        try {
            if (text.endsWith("Z")) {
                return Instant.parse(text);
            }
            ZoneId zone = ZoneId.systemDefault();
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                    : LocalDateTime.parse(text).atZone(zone).toInstant();
        } catch (DateTimeParseException e) {
            throw new TypeConversionException("'" + text + "' is no time: write 2026-11-22T08:00, 2026-11-22,"
                    + " 2026-11-22T06:00:00Z, or how long ago: 30m, 2h, 7d");
        }
    }
}
