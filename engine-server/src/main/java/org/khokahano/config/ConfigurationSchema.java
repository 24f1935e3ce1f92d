package org.khokahano.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.khokahano.config.cases.CaseDeclaration;
import org.khokahano.config.mapping.MappingDeclaration;
import org.khokahano.config.profile.ProfileDeclaration;
import org.khokahano.config.read.ChoiceType;
import org.khokahano.config.read.CodesType;
import org.khokahano.config.read.EitherType;
import org.khokahano.config.read.Field;
import org.khokahano.config.read.FileType;
import org.khokahano.config.read.Key;
import org.khokahano.config.read.KeyedType;
import org.khokahano.config.read.LaterType;
import org.khokahano.config.read.ListType;
import org.khokahano.config.read.NamedType;
import org.khokahano.config.read.OneOrMoreType;
import org.khokahano.config.read.PlacedType;
import org.khokahano.config.read.ReferenceType;
import org.khokahano.config.read.ScalarType;
import org.khokahano.config.read.Section;
import org.khokahano.config.read.Type;
import org.khokahano.config.read.VariantType;

/**
 * JSON Schema (draft 2020-12) of a configuration file, made of the declaration that also reads and
 * checks it. It serves editors: what it accepts is well written, and {@code khoka check} says whether it
 * is right. Wherever a value may stand, so may a reference such as {@code ${env:NAME:default}}.
 */
public final class ConfigurationSchema {

    private static final String REFERENCE = "\\$\\{(env|file):";

    private final ObjectNode definitions = JsonNodeFactory.instance.objectNode();
    private final Map<Section<?>, String> names = new IdentityHashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Deque<Section<?>> due = new ArrayDeque<>();

    private ConfigurationSchema() {}

    /** The schema of {@code engine.yaml}. */
    public static ObjectNode ofEngineFile() {
        return new ConfigurationSchema().of("Khokahano: engine.yaml", EngineDeclaration.ENGINE, true);
    }

    /** The schema of a file that {@code engine.yaml} includes: the same keys, none required. */
    public static ObjectNode ofIncludedFile() {
        return new ConfigurationSchema().of("Khokahano: an included file", EngineDeclaration.ENGINE, false);
    }

    /** The schema of a mapping file. */
    public static ObjectNode ofMappingFile() {
        return new ConfigurationSchema().of("Khokahano: a mapping", MappingDeclaration.MAPPING, true);
    }

    /** The schema of the file of a case. */
    public static ObjectNode ofCaseFile() {
        return new ConfigurationSchema().of("Khokahano: a case", CaseDeclaration.CASE, true);
    }

    /** The schema of the file of a profile. */
    public static ObjectNode ofProfileFile() {
        return new ConfigurationSchema().of("Khokahano: a profile", ProfileDeclaration.PROFILE, true);
    }

    private ObjectNode of(String title, Section<?> root, boolean whole) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", title);
        describe(root, schema, whole);
        while (!due.isEmpty()) {
            Section<?> section = due.remove();
            describe(section, definitions.putObject(names.get(section)), true);
        }
        schema.set("$defs", definitions);
        return schema;
    }

    private void describe(Section<?> section, ObjectNode schema, boolean whole) {
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        section.keys().forEach(key -> properties.set(key.name(), property(key)));
        ArrayNode required = JsonNodeFactory.instance.arrayNode();
        ArrayNode choices = JsonNodeFactory.instance.arrayNode();
        for (Field<?> field : section.fields()) {
            field.keys().stream().filter(Key::required).forEach(key -> required.add(key.name()));
            if (field.keys().size() > 1) {
                choices.add(choice(field));
            }
        }
        if (whole && !required.isEmpty()) {
            schema.set("required", required);
        }
        if (!choices.isEmpty()) {
            schema.set("allOf", choices);
        }
    }

    private ObjectNode property(Key<?> key) {
        ObjectNode schema = type(key.type());
        ObjectNode described = schema;
        if (schema.has("$ref")) {
            // Beside a reference, older editors ignore what else is said.
            described = JsonNodeFactory.instance.objectNode();
            described.putArray("allOf").add(schema);
        }
        String standard = key.defaultText().filter(text -> !text.equals("{}")).orElse("");
        described.put("description", key.sentence() + (standard.isEmpty() ? "" : " Default: " + standard + "."));
        return described;
    }

    /** One of the keys, or none where the first has a default. */
    private static ObjectNode choice(Field<?> field) {
        ArrayNode alternatives = JsonNodeFactory.instance.arrayNode();
        ArrayNode any = JsonNodeFactory.instance.arrayNode();
        for (Key<?> key : field.keys()) {
            alternatives.addObject().putArray("required").add(key.name());
            any.addObject().putArray("required").add(key.name());
        }
        if (!field.isRequired()) {
            alternatives.addObject().putObject("not").set("anyOf", any);
        }
        ObjectNode choice = JsonNodeFactory.instance.objectNode();
        choice.set("oneOf", alternatives);
        return choice;
    }

    private ObjectNode type(Type<?> type) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        if (type instanceof Section<?> section) {
            schema.put("$ref", "#/$defs/" + nameOf(section));
        } else if (type instanceof KeyedType<?> keyed) {
            return type(keyed.named());
        } else if (type instanceof LaterType<?> later) {
            return type(later.type().get());
        } else if (type instanceof CodesType codes) {
            schema.putArray("anyOf").add(type(codes.list())).add(type(codes.meanings()));
        } else if (type instanceof NamedType<?> named) {
            schema.put("type", "object");
            schema.putObject("propertyNames").put("pattern", whole(named.name().pattern()));
            schema.set("additionalProperties", type(named.element()));
        } else if (type instanceof ListType<?> list) {
            schema.put("type", "array");
            schema.set("items", type(list.element()));
        } else if (type instanceof PlacedType<?> placed) {
            return type(placed.value());
        } else if (type instanceof OneOrMoreType<?> several) {
            ArrayNode alternatives = schema.putArray("anyOf").add(type(several.element()));
            alternatives.addObject().put("type", "array").set("items", type(several.element()));
        } else if (type instanceof EitherType<?> either) {
            schema.putArray("anyOf").add(type(either.word())).add(type(either.section()));
        } else if (type instanceof VariantType<?> variant) {
            ArrayNode alternatives = schema.putArray("anyOf");
            variant.variants().get().values().forEach(section -> alternatives.add(type(section)));
        } else if (type instanceof ChoiceType<?> choice) {
            ArrayNode alternatives = schema.putArray("anyOf");
            ArrayNode words = alternatives.addObject().putArray("enum");
            choice.words().keySet().forEach(word -> addWord(words, word));
            alternatives.addObject().put("type", "string").put("pattern", REFERENCE);
        } else if (type instanceof ScalarType<?> scalar) {
            scalar(scalar, schema);
        } else if (type instanceof ReferenceType || type instanceof FileType) {
            schema.put("type", "string");
        }
        return schema;
    }

    /** YAML reads an unquoted {@code off} or {@code true} as a truth value in many editors. */
    private static void addWord(ArrayNode words, String word) {
        words.add(word);
        if (word.equals("true") || word.equals("on")) {
            words.add(true);
        } else if (word.equals("false") || word.equals("off")) {
            words.add(false);
        }
    }

    /** What is written without quotes may be a number or a truth value; a pattern binds text only. */
    private static void scalar(ScalarType<?> scalar, ObjectNode schema) {
        schema.putArray("type").add("string").add("number").add("boolean");
        String pattern = scalar.pattern().pattern();
        // A dot means any character to us and any but a line's end to an editor; and a secret is its owner's.
        boolean free = scalar.holdsSecret() || pattern.contains(".*") || pattern.contains(".+");
        if (!free) {
            schema.put("pattern", whole(pattern) + "|" + REFERENCE);
        }
    }

    private static String whole(String pattern) {
        return "^(?:" + pattern + ")$";
    }

    private String nameOf(Section<?> section) {
        return names.computeIfAbsent(section, made -> {
            String base = made.name().replaceFirst("^(?:a|an|the) ", "").replaceAll("[^A-Za-z0-9]+", "-");
            String name = base;
            for (int number = 2; !taken.add(name); number++) {
                name = base + "-" + number;
            }
            due.add(made);
            return name;
        });
    }
}
