package org.khokahano.conformance.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rules of all segments of one name while layers are merged. Of one thread. */
public final class SegmentRules {
    private final String name;
    private final List<ElementRules> fields = new ArrayList<>();
    private final Map<String, SegmentSlice> slices = new LinkedHashMap<>();
    private @Nullable Rule beyond;

    SegmentRules(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** The rules of its nth field, from 1. */
    public ElementRules field(int number) {
        while (fields.size() < number) {
            fields.add(new ElementRules());
        }
        return fields.get(number - 1);
    }

    /**
     * Sets rules for some segments of the name; those that were set for the slice before stay, and what is said of all
     * segments of the name counts where these say nothing of the kind.
     *
     * @param where which segments belong to it; a segment belongs to the first slice of which it is true
     */
    public void slice(String slice, ElementTest where, Consumer<SegmentRules> more) {
        SegmentSlice before = slices.get(slice);
        slices.put(
                slice,
                new SegmentSlice(where, before == null ? more : before.more().andThen(more)));
    }

    /** Says that fields beyond those with rules are told of with this rule (R55). */
    public void noMoreFields(Rule rule) {
        beyond = rule;
    }

    /** A copy of its own, for a place where further rules count. */
    SegmentRules copy() {
        SegmentRules copy = new SegmentRules(name);
        fields.forEach(field -> copy.fields.add(field.copy()));
        copy.slices.putAll(slices);
        copy.beyond = beyond;
        return copy;
    }

    CompiledSegment compile(CompiledElements places) {
        return new CompiledSegment(
                name,
                fields.stream().map(field -> field.compile(places)).toArray(CompiledElement[]::new),
                slices.values().stream()
                        .map(slice -> new CompiledSegmentSlice(slice.where(), compile(slice, places)))
                        .toArray(CompiledSegmentSlice[]::new),
                beyond);
    }

    private CompiledSegment compile(SegmentSlice slice, CompiledElements places) {
        SegmentRules rules = copy();
        rules.slices.clear();
        slice.more().accept(rules);
        return rules.compile(places);
    }
}
