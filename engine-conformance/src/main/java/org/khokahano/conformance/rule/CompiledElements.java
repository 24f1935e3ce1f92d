package org.khokahano.conformance.rule;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The places of one kind's rules, each that says the same made once: a name of a person has the same parts
 * wherever it stands, and a version of HL7 has tens of thousands of places. Of one thread.
 */
final class CompiledElements {
    private final Map<List<Object>, CompiledElement> known = new HashMap<>();

    /** The place that says the same, whose own parts and slices are from here, too. */
    CompiledElement shared(CompiledElement place) {
        return known.computeIfAbsent(key(place), key -> place);
    }

    private static List<Object> key(CompiledElement place) {
        return List.of(
                Arrays.asList(place.whole()),
                Arrays.asList(place.value()),
                Arrays.asList(place.parts()),
                Optional.ofNullable(place.beyond()),
                place.typedByField(),
                Optional.ofNullable(place.types()),
                Arrays.asList(place.slices()));
    }

    int count() {
        return known.size();
    }
}
