package org.khokahano.config.read;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.khokahano.config.problem.Suggestion;
import org.khokahano.config.yaml.ConfigNode;

/**
 * One of a few words, in exactly that case.
 *
 * @param words the words in the order in which to list them, each with its value
 */
public record ChoiceType<E>(Map<String, E> words) implements Type<E> {

    /** The constants of an enum: {@code DEAD_LETTER} is written {@code deadLetter}. */
    public static <E extends Enum<E>> ChoiceType<E> of(Class<E> constants) {
        return of(constants, constant -> Names.camelCase(constant.name()));
    }

    /** The constants of an enum by words of their own. */
    public static <E extends Enum<E>> ChoiceType<E> of(Class<E> constants, Function<E, String> word) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : EnumSet.allOf(constants)) {
            words.put(word.apply(constant), constant);
        }
        return new ChoiceType<>(Collections.unmodifiableMap(words));
    }

    /** The same words with other values. */
    public <U> ChoiceType<U> map(Function<E, U> change) {
        Map<String, U> changed = new LinkedHashMap<>();
        words.forEach((word, value) -> changed.put(word, change.apply(value)));
        return new ChoiceType<>(Collections.unmodifiableMap(changed));
    }

    @Override
    public String noun() {
        return words.size() == 1 ? "'" + words.keySet().iterator().next() + "'" : "one of " + listed();
    }

    @Override
    public String advice() {
        return "";
    }

    @Override
    public boolean holdsSecret() {
        return false;
    }

    private String listed() {
        return String.join(", ", words.keySet());
    }

    @Override
    public Optional<E> readPresent(ConfigNode node, Reading reading) {
        if (!(node instanceof ConfigNode.Scalar scalar)) {
            return reading.mismatch(node, this);
        }
        E value = words.get(scalar.text());
        if (value == null) {
            String hint = scalar.showable()
                    ? Suggestion.nearest(scalar.text(), words.keySet())
                            .or(() -> Suggestion.part(scalar.text(), words.keySet()))
                            .map(word -> "did you mean '" + word + "'?")
                            .orElse("")
                    : "";
            return reading.mismatch(node, this, hint);
        }
        return Optional.of(value);
    }
}
