package org.khokahano.conformance.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rules of a field, component or subcomponent while layers are merged. Of one thread. */
public final class ElementRules {
    private final Map<String, ElementCheck> whole = new LinkedHashMap<>();
    private final Map<String, ElementCheck> value = new LinkedHashMap<>();
    private final List<ElementRules> parts = new ArrayList<>();
    private final Map<String, Slice> slices = new LinkedHashMap<>();
    private final Map<String, ElementRules> sliceRules = new LinkedHashMap<>();
    private @Nullable Rule beyond;
    private int typedByField;
    private @Nullable Function<String, @Nullable ElementRules> types;

    /**
     * Sets a check that runs once for the place, also where it is empty or missing: of a field over all
     * its repetitions, of a component wherever what is around it holds something.
     */
    public void whole(String id, ElementCheck check) {
        whole.put(id, check);
    }

    /** Sets a check that runs for each repetition that holds a value; not for HL7's null. */
    public void value(String id, ElementCheck check) {
        value.put(id, check);
    }

    /** Sets which repetitions belong to a slice and how many there may be; answers the rules of each. */
    public ElementRules slice(Slice slice) {
        slices.put(slice.name(), slice);
        return sliceRules.computeIfAbsent(slice.name(), name -> new ElementRules());
    }

    /** Takes away what an earlier layer says of the data type, of its parts too. */
    public void untype(List<String> ids) {
        ids.forEach(this::remove);
        beyond = null;
        parts.forEach(part -> part.untype(ids));
    }

    /** A copy of its own, for a place where further rules count. */
    ElementRules copy() {
        ElementRules copy = new ElementRules();
        copy.whole.putAll(whole);
        copy.value.putAll(value);
        parts.forEach(part -> copy.parts.add(part.copy()));
        copy.slices.putAll(slices);
        sliceRules.forEach((name, rules) -> copy.sliceRules.put(name, rules.copy()));
        copy.beyond = beyond;
        copy.typedByField = typedByField;
        copy.types = types;
        return copy;
    }

    /** Takes a check away that an earlier layer set. */
    public void remove(String id) {
        whole.remove(id);
        value.remove(id);
    }

    /** The rules of its nth component or subcomponent, from 1. */
    public ElementRules part(int number) {
        while (parts.size() < number) {
            parts.add(new ElementRules());
        }
        return parts.get(number - 1);
    }

    /** Whether anything was said of its components or subcomponents. */
    public boolean hasParts() {
        return !parts.isEmpty();
    }

    /** Says that parts beyond those with rules are told of with this rule (R55). */
    public void noMoreParts(Rule rule) {
        beyond = rule;
    }

    /** Says that another field of the segment names the data type, as OBX-2 does for OBX-5. */
    public void typedBy(int field, Function<String, @Nullable ElementRules> rulesOfType) {
        typedByField = field;
        types = rulesOfType;
    }

    CompiledElement compile(CompiledElements places) {
        return places.shared(new CompiledElement(
                whole.values().toArray(ElementCheck[]::new),
                value.values().toArray(ElementCheck[]::new),
                parts.stream().map(part -> part.compile(places)).toArray(CompiledElement[]::new),
                beyond,
                typedByField,
                types == null ? null : new CompiledTypes(types),
                slices.values().stream().map(slice -> compile(slice, places)).toArray(CompiledSlice[]::new)));
    }

    private CompiledSlice compile(Slice slice, CompiledElements places) {
        ElementRules rules = sliceRules.getOrDefault(slice.name(), this);
        return new CompiledSlice(slice, rules.compile(places));
    }
}
