package org.khokahano.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.khokahano.config.mapping.MappingConfig.TypeConfig;
import org.khokahano.config.read.Placed;

/**
 * A format that is not HL7 v2 in delimiters.
 *
 * @param message what is made of a record; empty where messages only go out in it
 * @param fields paths in the message by what they are called in a record
 * @param constants by their paths in the message
 * @param rows what repeats
 * @param together the fields whose equal values make several rows one message
 * @param required the fields that must have a value
 */
public record FormatConfig(
        FormatKind kind,
        Optional<TypeConfig> message,
        Map<String, Placed<String>> fields,
        Map<String, Placed<String>> constants,
        Optional<RowsConfig> rows,
        List<Placed<String>> together,
        List<Placed<String>> required) {

    /** How records are written. */
    public sealed interface FormatKind {}

    /**
     * CSV and its kin.
     *
     * @param quote empty where quotes are text like any other
     * @param columns the columns in their order; what the header has where it is empty
     */
    public record DelimitedConfig(
            char separator, Optional<Character> quote, boolean header, FormatCharset charset, List<String> columns)
            implements FormatKind {}

    /**
     * JSON.
     *
     * @param records where they are, as a pointer; empty for the root
     */
    public record JsonConfig(String records) implements FormatKind {}

    /** HL7 v2 in its XML encoding. */
    public record XmlConfig() implements FormatKind {}

    /**
     * Text by a template. Two are the same where their texts are, wherever their files lie: each revision has its
     * own copy.
     *
     * @param text what the file held when the configuration was read; empty if it is no text
     */
    public record TextConfig(Placed<Path> template, Optional<String> text) implements FormatKind {

        /** Reads the template. */
        static TextConfig of(Placed<Path> template) {
            try {
                return new TextConfig(template, Optional.of(Files.readString(template.value())));
            } catch (IOException e) {
                // FormatChecks says so, with the place.
                return new TextConfig(template, Optional.empty());
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof TextConfig that && text.equals(that.text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    /**
     * What repeats in a record.
     *
     * @param at where the rows are, as a JSON pointer
     * @param segment what each makes
     * @param number where its number goes
     */
    public record RowsConfig(
            Optional<Placed<String>> at,
            Placed<String> segment,
            Map<String, Placed<String>> fields,
            Map<String, Placed<String>> constants,
            Optional<Placed<String>> number) {}

    /** The same in records that are written otherwise. */
    public FormatConfig in(FormatKind other) {
        return new FormatConfig(other, message, fields, constants, rows, together, required);
    }

    /** The version of HL7 that is made. */
    public String version() {
        return message.flatMap(TypeConfig::version).map(Placed::value).orElse("2.5.1");
    }
}
