package org.khokahano.config.read;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.khokahano.config.yaml.ConfigNode;

/** Codes: a list, or a mapping of each to what it means. */
public record CodesType(Type<List<String>> list, NamedType<String> meanings) implements Type<Map<String, String>> {
    /** The one there is. */
    public static final CodesType CODES = new CodesType(
            new ListType<>(Types.text(), "codes"),
            new NamedType<>("code", Pattern.compile(".{1,200}"), "a code is not empty", Types.text()));

    @Override
    public String noun() {
        return "a list of codes, or a mapping of codes to their meanings";
    }

    @Override
    public String advice() {
        return "write [F, M], or {F: Female, M: Male}";
    }

    @Override
    public boolean holdsSecret() {
        return false;
    }

    @Override
    public Optional<Map<String, String>> readPresent(ConfigNode node, Reading reading) {
        if (node instanceof ConfigNode.Mapping) {
            return reading.read(node, meanings);
        }
        if (!(node instanceof ConfigNode.Sequence)) {
            return reading.mismatch(node, this);
        }
        Map<String, String> codes = new LinkedHashMap<>();
        reading.read(node, list).orElse(List.of()).forEach(code -> codes.put(code, ""));
        return Optional.of(Collections.unmodifiableMap(codes));
    }
}
