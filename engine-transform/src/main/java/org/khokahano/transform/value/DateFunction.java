package org.khokahano.transform.value;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A date or time in another form. Without a pattern of what comes it is HL7's (2.A.22): a year, and as
 * many of month, day, hour, minute, second, fraction and offset as were sent. What was not sent and is
 * wanted is the first of its kind, midnight and UTC.
 */
final class DateFunction implements ValueFunction {
    private static final DateTimeFormatter HL7 = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR, 4)
            .optionalStart()
            .appendValue(ChronoField.MONTH_OF_YEAR, 2)
            .optionalStart()
            .appendValue(ChronoField.DAY_OF_MONTH, 2)
            .optionalStart()
            .appendValue(ChronoField.HOUR_OF_DAY, 2)
            .optionalStart()
            .appendValue(ChronoField.MINUTE_OF_HOUR, 2)
            .optionalStart()
            .appendValue(ChronoField.SECOND_OF_MINUTE, 2)
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .optionalEnd()
            .optionalEnd()
            .optionalEnd()
            .optionalEnd()
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "+0000")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private final DateTimeFormatter in;
    private final DateTimeFormatter out;

    /** @param in the pattern of what comes; null for HL7's own forms */
    DateFunction(@Nullable DateTimeFormatter in, DateTimeFormatter out) {
        this.in = in == null ? HL7 : in;
        this.out = out;
    }

    /**
     * A four-digit year is a year; 'y' alone is one of an era, which no strict reading takes.
     *
     * @throws IllegalArgumentException where it is no pattern
     */
    static DateTimeFormatter formatter(String pattern) {
        if (pattern.isEmpty()) {
            throw new IllegalArgumentException("empty");
        }
        return DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    @Override
    public String apply(String text) throws ValueException {
        try {
            return out.format(whole(in.parse(text)));
        } catch (DateTimeException wrong) {
            throw new ValueException("what stands there is not a date of that form");
        }
    }

    private static TemporalAccessor whole(TemporalAccessor read) {
        LocalDateTime time = LocalDateTime.of(
                read.get(ChronoField.YEAR),
                or(read, ChronoField.MONTH_OF_YEAR, 1),
                or(read, ChronoField.DAY_OF_MONTH, 1),
                or(read, ChronoField.HOUR_OF_DAY, 0),
                or(read, ChronoField.MINUTE_OF_HOUR, 0),
                or(read, ChronoField.SECOND_OF_MINUTE, 0),
                or(read, ChronoField.NANO_OF_SECOND, 0));
        return OffsetDateTime.of(time, ZoneOffset.ofTotalSeconds(or(read, ChronoField.OFFSET_SECONDS, 0)));
    }

    private static int or(TemporalAccessor read, ChronoField field, int otherwise) {
        return read.isSupported(field) ? read.get(field) : otherwise;
    }
}
