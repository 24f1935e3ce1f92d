package org.khokahano.config.read;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.khokahano.config.problem.Location;
import org.khokahano.config.problem.Suggestion;
import org.khokahano.config.yaml.ConfigNode;

/**
 * A mapping with known keys, which becomes a record. Each key is declared once:
 *
 * <pre>{@code
 * static final Section<RetryConfig> RETRY = Section.of("retry", section -> {
 *     var first = section.field("first", Types.duration(), "1s", "The wait before the second try.");
 *     var max = section.field("max", Types.duration(), "5m", "The longest wait between two tries.");
 *     return values -> new RetryConfig(first.in(values), max.in(values));
 * });
 * }</pre>
 */
public final class Section<T> implements Type<T> {
    private final String name;
    private final List<Field<?>> fields;
    private final Map<String, String> insteads;
    private final List<Consumer<Values>> rules;
    private final Function<Values, T> construct;

    private Section(String name, Declaration declaration, Function<Values, T> construct) {
        this.name = name;
        this.fields = List.copyOf(declaration.fields);
        this.insteads = Map.copyOf(declaration.insteads);
        this.rules = List.copyOf(declaration.rules);
        this.construct = construct;
    }

    /**
     * Declares a section.
     *
     * @param name what it is called in messages: mostly its key
     * @param declare declares its fields and answers how to make the record of their values
     */
    public static <T> Section<T> of(String name, Function<Declaration, Function<Values, T>> declare) {
        Declaration declaration = new Declaration(name);
        Function<Values, T> construct = declare.apply(declaration);
        return new Section<>(name, declaration, construct);
    }

    /** What it is called in messages. */
    public String name() {
        return name;
    }

    /** All its fields in the order of their declaration. */
    public List<Field<?>> fields() {
        return fields;
    }

    /** All its keys in the order of their declaration. */
    public Stream<Key<?>> keys() {
        return fields.stream().flatMap(field -> field.keys().stream());
    }

    @Override
    public String noun() {
        return "a mapping with the keys of " + name;
    }

    @Override
    public String advice() {
        return "keys of " + name + ": " + keys().map(Key::name).collect(Collectors.joining(", "));
    }

    @Override
    public boolean holdsSecret() {
        return keys().anyMatch(
                        key -> !(key.type() instanceof Section) && key.type().holdsSecret());
    }

    @Override
    public Optional<T> readPresent(ConfigNode node, Reading reading) {
        if (!(node instanceof ConfigNode.Mapping mapping)) {
            return reading.mismatch(node, this);
        }
        int errorsBefore = reading.problems().errors();
        Values values = new Values(mapping, reading, rejectUnknownKeys(mapping, reading));
        boolean complete = true;
        for (Field<?> field : fields) {
            complete &= values.add(field);
        }
        if (!complete) {
            return Optional.empty();
        }
        // A rule speaks about values as they were meant; with one of them wrong it would mislead.
        if (reading.problems().errors() == errorsBefore) {
            rules.forEach(rule -> rule.accept(values));
        }
        return Optional.of(construct.apply(values));
    }

    /** Notes the keys that are none, and answers those that were probably meant. */
    private Set<String> rejectUnknownKeys(ConfigNode.Mapping mapping, Reading reading) {
        Set<String> meant = new HashSet<>();
        List<String> known = keys().map(key -> key.name()).toList();
        mapping.entries().forEach((key, entry) -> {
            if (known.contains(key)) {
                return;
            }
            if (holdsSecret()) {
                entry.value().hide();
            }
            reading.error(entry.keyLocation(), "'" + key + "' is not a key of " + name, hintFor(key, known));
            Suggestion.nearest(key, known).ifPresent(meant::add);
        });
        return meant;
    }

    private String hintFor(String key, List<String> known) {
        String instead = insteads.get(key);
        if (instead == null && Suggestion.nearest(key, known).isEmpty()) {
            instead = Suggestion.nearest(key, insteads.keySet())
                    .map(insteads::get)
                    .orElse(null);
        }
        return instead != null ? instead : Suggestion.hint(key, known, "keys of " + name);
    }

    @Override
    public String toString() {
        return name;
    }

    /** Where a section's fields are declared. */
    public static final class Declaration {
        private final String name;
        private final List<Field<?>> fields = new ArrayList<>();
        private final Map<String, String> insteads = new LinkedHashMap<>();
        private final List<Consumer<Values>> rules = new ArrayList<>();

        private Declaration(String name) {
            this.name = name;
        }

        /** A key that must be there. */
        public <X> Field<X> required(String key, Type<X> type, String sentence) {
            Key<X> declared = new Key<>(key, type, sentence, Optional.empty(), true);
            return add(new Field<>(List.of(declared), true, values -> {
                if (values.entry(declared).isEmpty()) {
                    values.missing(List.of(declared), name + " needs the key '" + key + "'", key + ": " + sentence);
                }
                return read(declared, values);
            }));
        }

        /** A key that may be missing. */
        public <X> Field<Optional<X>> optional(String key, Type<X> type, String sentence) {
            Key<X> declared = new Key<>(key, type, sentence, Optional.empty(), false);
            return add(new Field<>(List.of(declared), false, values -> Optional.of(read(declared, values))));
        }

        /**
         * A key with a default.
         *
         * @param defaultText what holds if it is missing, as YAML: {@code 30s}, <code>{}</code>, {@code [P]}
         */
        public <X> Field<X> field(String key, Type<X> type, String defaultText, String sentence) {
            Key<X> declared = new Key<>(key, type, sentence, Optional.of(defaultText), false);
            X defaultValue = Reading.ofDefault(type, defaultText);
            return add(new Field<>(
                    List.of(declared),
                    false,
                    values -> Optional.of(read(declared, values).orElse(defaultValue))));
        }

        /** One of the keys of an {@link #alternative}; exactly one is there. */
        public <X> Field<X> oneOf(List<Key<? extends X>> alternatives) {
            return add(new Field<>(List.copyOf(alternatives), true, values -> readOne(alternatives, values)));
        }

        /** One of the keys of an {@link #alternative}; the first one with all its defaults where none is there. */
        public <X> Field<X> oneOfOrFirst(List<Key<? extends X>> alternatives) {
            Key<? extends X> first = alternatives.get(0);
            X defaultValue = Reading.ofDefault(first.type(), "{}");
            return add(new Field<>(List.copyOf(alternatives), false, values -> {
                boolean none =
                        alternatives.stream().allMatch(key -> values.entry(key).isEmpty());
                return none ? Optional.of(defaultValue) : readOne(alternatives, values);
            }));
        }

        /** A key for {@link #oneOf}. */
        public <X> Key<X> alternative(String key, Type<X> type, String sentence) {
            return new Key<>(key, type, sentence, Optional.empty(), false);
        }

        /**
         * A key that people write, from an earlier version or from another engine, and what to write
         * instead.
         */
        public void instead(String written, String hint) {
            insteads.put(written, hint);
        }

        /** A condition on several fields, checked when each of them by itself is right. */
        public void rule(Consumer<Values> rule) {
            rules.add(rule);
        }

        private <X> Field<X> add(Field<X> field) {
            fields.add(field);
            return field;
        }

        private static <X> Optional<X> read(Key<X> key, Values values) {
            return values.entry(key).flatMap(entry -> values.reading().read(entry.value(), key.type()));
        }

        private <X> Optional<X> readOne(List<Key<? extends X>> alternatives, Values values) {
            List<Key<? extends X>> written = alternatives.stream()
                    .filter(key -> values.entry(key).isPresent())
                    .toList();
            String choice =
                    alternatives.stream().map(key -> "'" + key.name() + "'").collect(Collectors.joining(" or "));
            if (written.isEmpty()) {
                values.missing(alternatives, name + " needs the key " + choice, "");
                return Optional.empty();
            }
            if (written.size() > 1) {
                Location second = values.entry(written.get(1)).orElseThrow().keyLocation();
                values.reading().error(second, name + " has either " + choice + ", not both", "remove one of them");
            }
            Optional<X> first = Optional.empty();
            for (Key<? extends X> key : written) {
                Optional<X> value = read(key, values).map(present -> present);
                first = first.isPresent() ? first : value;
            }
            return first;
        }
    }
}
