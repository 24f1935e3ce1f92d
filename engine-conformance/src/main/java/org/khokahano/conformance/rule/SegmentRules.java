package org.khokahano.conformance.rule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of all segments of one name while layers are merged. Of one thread. */
public final class SegmentRules {
    private final String name;
    private final List<ElementRules> fields = new ArrayList<>();
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

    /** Says that fields beyond those with rules are told of with this rule (R55). */
    public void noMoreFields(Rule rule) {
        beyond = rule;
    }

    /** A copy of its own, for a place where further rules count. */
    SegmentRules copy() {
        SegmentRules copy = new SegmentRules(name);
        fields.forEach(field -> copy.fields.add(field.copy()));
        copy.beyond = beyond;
        return copy;
    }

    CompiledSegment compile(CompiledElements places) {
        return new CompiledSegment(
                name, fields.stream().map(field -> field.compile(places)).toArray(CompiledElement[]::new), beyond);
    }
}
