package org.khokahano.conformance.rule;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rules of data types that messages name themselves, compiled when they are first met. */
final class CompiledTypes {
    /** HL7 has fewer than a hundred data types; what a message invents is not kept. */
    private static final int MOST_KEPT = 200;

    private final Function<String, @Nullable ElementRules> rules;
    private final ConcurrentMap<String, Optional<CompiledElement>> compiled = new ConcurrentHashMap<>();

    CompiledTypes(Function<String, @Nullable ElementRules> rules) {
        this.rules = rules;
    }

    /** The rules of a type; null where it is not known. */
    @Nullable
    CompiledElement of(String type) {
        Optional<CompiledElement> known = compiled.get(type);
        if (known == null) {
            known = Optional.ofNullable(rules.apply(type)).map(found -> found.compile(new CompiledElements()));
            if (known.isPresent() && compiled.size() < MOST_KEPT) {
                compiled.put(type, known);
            }
        }
        return known.orElse(null);
    }
}
