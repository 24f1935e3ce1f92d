package org.khokahano.transform.format;

import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How delimited text is written.
 *
 * @param separator between columns
 * @param quote around what holds a separator, a quote or a line break; null where it is text like any other
 * @param header whether the first line names the columns
 * @param columns the columns' names in their order, where no header names them; what is written too
 * @param together the columns whose equal values make one message of several rows; empty for a message
 *     of each row
 */
public record DelimitedSettings(
        char separator,
        @Nullable Character quote,
        boolean header,
        Charset charset,
        List<String> columns,
        List<String> together) {

    public DelimitedSettings {
        columns = List.copyOf(columns);
        together = List.copyOf(together);
    }

    /** What no text holds, for a reader that knows no text without quotes. */
    static final char NO_CHARACTER = '\uFFFF';

    char quoteOrNone() {
        return quote == null ? NO_CHARACTER : quote;
    }
}
