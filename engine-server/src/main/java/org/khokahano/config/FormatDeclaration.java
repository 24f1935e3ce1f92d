package org.khokahano.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.khokahano.config.FormatConfig.DelimitedConfig;
import org.khokahano.config.FormatConfig.FormatKind;
import org.khokahano.config.FormatConfig.JsonConfig;
import org.khokahano.config.FormatConfig.RowsConfig;
import org.khokahano.config.FormatConfig.TextConfig;
import org.khokahano.config.FormatConfig.XmlConfig;
import org.khokahano.config.mapping.MappingDeclaration;
import org.khokahano.config.read.ChoiceType;
import org.khokahano.config.read.NamedType;
import org.khokahano.config.read.Placed;
import org.khokahano.config.read.PlacedType;
import org.khokahano.config.read.Section;
import org.khokahano.config.read.Type;
import org.khokahano.config.read.Types;

/** What can be said of formats. */
final class FormatDeclaration {
    private static final Type<Map<String, Placed<String>>> FIELDS = new NamedType<>(
            "field",
            Pattern.compile("[^\\p{Cc}]{1,200}"),
            "a name has at most 200 characters and no line break",
            new PlacedType<>(Types.text()));
    private static final Type<Map<String, Placed<String>>> CONSTANTS = new NamedType<>(
            "place",
            Pattern.compile("[A-Z][A-Z0-9]{2}-[0-9.\\[\\]]{1,40}"),
            "write the path of a field, such as MSH-4",
            new PlacedType<>(Types.text()));
    private static final Type<List<Placed<String>>> NAMES =
            Types.list(new PlacedType<>(Types.text()), "names of fields");

    private static final Section<DelimitedConfig> DELIMITED = Section.of("delimited", section -> {
        var separator = section.field("separator", character(), "\",\"", "What stands between columns.");
        var quote = section.field(
                "quote",
                Types.written("a single character, or off", "write it in quotes, or off", "off|."),
                "'\"'",
                "What stands around text that holds a separator; off: quotes are text like any other.");
        var header = section.field("header", Types.flag(), "true", "Whether the first line names the columns.");
        var charset = section.field(
                "charset",
                ChoiceType.of(FormatCharset.class, FormatCharset::standardName),
                "UTF-8",
                "The character set.");
        var columns = section.field(
                "columns",
                Types.list(Types.text(), "columns"),
                "[]",
                "The columns in their order, where no header names them; when writing, which and in which order.");
        section.rule(values -> {
            if (!header.in(values) && columns.in(values).isEmpty()) {
                values.error(header, "without a header nobody knows the columns", "add 'columns' with their names");
            }
            if (separator.in(values).equals(quote.in(values))) {
                values.error(separator, "the separator and the quote are the same", "give them different characters");
            }
        });
        return values -> new DelimitedConfig(
                separator.in(values).charAt(0),
                Optional.of(quote.in(values))
                        .filter(text -> !text.equals("off"))
                        .map(text -> text.charAt(0)),
                header.in(values),
                charset.in(values),
                columns.in(values));
    });

    private static final Section<JsonConfig> JSON = Section.of("json", section -> {
        var records = section.optional(
                "records", pointer(), "Where the records are, as a JSON pointer; the root if it is missing.");
        return values -> new JsonConfig(records.in(values).orElse(""));
    });

    private static final Section<XmlConfig> XML = Section.of("xml", section -> values -> new XmlConfig());

    private static final Section<TextConfig> TEXT = Section.of("text", section -> {
        var template = section.required(
                "template", new PlacedType<>(Types.file()), "A file in UTF-8 with the text and its places.");
        return values -> TextConfig.of(template.in(values));
    });

    private static final Section<RowsConfig> ROWS = Section.of("rows", section -> {
        var at = section.optional("at", new PlacedType<>(pointer()), "Where the rows are in JSON, as a pointer.");
        var segment = section.required("segment", new PlacedType<>(Types.text()), "The segment that each row makes.");
        var fields = section.required("fields", FIELDS, "Paths in the message by the names of a row's fields.");
        var constants = section.field("constants", CONSTANTS, "{}", "What the segments of each row have, by path.");
        var number = section.optional(
                "number", new PlacedType<>(Types.text()), "Where the row's number goes, from 1, such as OBX-1.");
        return values -> new RowsConfig(
                at.in(values), segment.in(values), fields.in(values), constants.in(values), number.in(values));
    });

    static final Section<FormatConfig> FORMAT = Section.of("a format", section -> {
        var kind = section.<FormatKind>oneOf(List.of(
                section.alternative("delimited", DELIMITED, "Text in columns, such as CSV."),
                section.alternative("json", JSON, "JSON; fields are named by pointers: /patient/id."),
                section.alternative("xml", XML, "HL7 v2 in its XML encoding: xml: {}."),
                section.alternative("text", TEXT, "Text by a template with places such as {PID-3.1}.")));
        var message = section.optional(
                "message",
                MappingDeclaration.TO,
                "The type of message that is made of a record; not needed where messages only go out.");
        var fields = section.field("fields", FIELDS, "{}", "Paths in the message by the names of a record's fields.");
        var constants = section.field("constants", CONSTANTS, "{}", "What every message has, by path.");
        var rows = section.optional("rows", ROWS, "What repeats in a record. See [formats.md](formats.md).");
        var together = section.field(
                "together", NAMES, "[]", "Columns whose equal values make several rows of a table one message.");
        var required = section.field("required", NAMES, "[]", "Fields that must have a value.");
        return values -> new FormatConfig(
                kind.in(values),
                message.in(values),
                fields.in(values),
                constants.in(values),
                rows.in(values),
                together.in(values),
                required.in(values));
    });

    private FormatDeclaration() {}

    private static Type<String> character() {
        return Types.written("a single character", "a tab is written \"\\t\"", "[^\\r\\n]");
    }

    private static Type<String> pointer() {
        return Types.written("a JSON pointer", "write it with slashes: /results", "(?:/[^/]+)+");
    }
}
