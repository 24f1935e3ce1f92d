package org.khokahano.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.FormatConfig;
import org.khokahano.config.FormatConfig.DelimitedConfig;
import org.khokahano.config.FormatConfig.JsonConfig;
import org.khokahano.config.FormatConfig.RowsConfig;
import org.khokahano.config.FormatConfig.TextConfig;
import org.khokahano.config.read.Placed;
import org.khokahano.format.InputFormat;
import org.khokahano.format.OutputFormat;
import org.khokahano.message.MessagePath;
import org.khokahano.transform.format.DelimitedFormat;
import org.khokahano.transform.format.DelimitedSettings;
import org.khokahano.transform.format.FieldPlace;
import org.khokahano.transform.format.FixedValue;
import org.khokahano.transform.format.JsonFormat;
import org.khokahano.transform.format.MessageLayout;
import org.khokahano.transform.format.RowLayout;
import org.khokahano.transform.format.TextFormat;
import org.khokahano.transform.format.TextTemplate;
import org.khokahano.transform.format.TextTemplate.InvalidTemplateException;
import org.khokahano.transform.format.XmlFormat;

/** The formats of a configuration, each made once for each way that it is used. */
final class FormatAssembly {

    private final Map<String, FormatConfig> configured;
    private final Map<String, InputFormat> inputs = new HashMap<>();
    private final Map<String, OutputFormat> outputs = new HashMap<>();

    /** @param configured by name, checked when the configuration was read */
    FormatAssembly(Map<String, FormatConfig> configured) {
        this.configured = configured;
    }

    /** What a listener's input is read with. */
    InputFormat input(String name) {
        return inputs.computeIfAbsent(name, key -> {
            FormatConfig format = config(key);
            if (format.kind() instanceof DelimitedConfig delimited) {
                return delimited(format, delimited);
            }
            if (format.kind() instanceof TextConfig text) {
                return text(key, format, text);
            }
            return format.kind() instanceof JsonConfig json ? json(format, json) : new XmlFormat();
        });
    }

    /** What a destination's messages are written with. */
    OutputFormat output(String name) {
        return outputs.computeIfAbsent(name, key -> {
            FormatConfig format = config(key);
            if (format.kind() instanceof DelimitedConfig delimited) {
                return delimited(format, delimited);
            }
            if (format.kind() instanceof TextConfig text) {
                return text(key, format, text);
            }
            return format.kind() instanceof JsonConfig json ? json(format, json) : new XmlFormat();
        });
    }

    private FormatConfig config(String name) {
        FormatConfig format = configured.get(name);
        if (format == null) {
            throw new IllegalStateException("the format " + name + " was not read");
        }
        return format;
    }

    private static DelimitedFormat delimited(FormatConfig format, DelimitedConfig delimited) {
        return new DelimitedFormat(
                layout(format),
                new DelimitedSettings(
                        delimited.separator(),
                        delimited.quote().orElse(null),
                        delimited.header(),
                        delimited.charset().charset(),
                        delimited.columns(),
                        format.together().stream().map(Placed::value).toList()));
    }

    private static TextFormat text(String name, FormatConfig format, TextConfig text) {
        try {
            return new TextFormat(layout(format), TextTemplate.parse(text.text().orElseThrow()));
        } catch (InvalidTemplateException e) {
            throw new IllegalStateException("the template of the format " + name + " was not checked", e);
        }
    }

    private static JsonFormat json(FormatConfig format, JsonConfig json) {
        return new JsonFormat(layout(format), json.records());
    }

    private static MessageLayout layout(FormatConfig format) {
        Set<String> required = new HashSet<>();
        format.required().forEach(name -> required.add(name.value()));
        return new MessageLayout(
                format.message().map(message -> message.type().value()).orElse(""),
                format.version(),
                places(format.fields()),
                constants(format.constants()),
                format.rows().map(FormatAssembly::rows).orElse(null),
                required);
    }

    private static RowLayout rows(RowsConfig rows) {
        @Nullable
        MessagePath number =
                rows.number().map(path -> MessagePath.parse(path.value())).orElse(null);
        return new RowLayout(
                rows.at().map(Placed::value).orElse(""),
                rows.segment().value(),
                places(rows.fields()),
                constants(rows.constants()),
                number);
    }

    private static List<FieldPlace> places(Map<String, Placed<String>> fields) {
        return fields.entrySet().stream()
                .map(entry -> new FieldPlace(
                        entry.getKey(), MessagePath.parse(entry.getValue().value())))
                .toList();
    }

    private static List<FixedValue> constants(Map<String, Placed<String>> constants) {
        return constants.entrySet().stream()
                .map(entry -> new FixedValue(
                        MessagePath.parse(entry.getKey()), entry.getValue().value()))
                .toList();
    }
}
