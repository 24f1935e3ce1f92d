package org.khokahano.transform.format;

import java.nio.charset.Charset;
import java.util.List;

/**
 * How delimited text is written.
 *
 * @param separator between columns
 * @param quote around what holds a separator, a quote or a line break
 * @param header whether the first line names the columns
 * @param columns the columns' names in their order, where no header names them; what is written too
 * @param together the columns whose equal values make one message of several rows; empty for a message
 *     of each row
 */
public record DelimitedSettings(
        char separator, char quote, boolean header, Charset charset, List<String> columns, List<String> together) {

    public DelimitedSettings {
        columns = List.copyOf(columns);
        together = List.copyOf(together);
    }
}
