package org.khokahano.conformance.load;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.conformance.load.SourceConstraints.Context;
import org.khokahano.conformance.load.SourceConstraints.Level;
import org.khokahano.conformance.load.SourceProfile.SourceElement;
import org.khokahano.conformance.load.SourceProfile.SourceNode;
import org.khokahano.conformance.load.SourceProfile.SourceSegment;
import org.khokahano.conformance.load.SourceProfile.SourceType;

/**
 * Where in a segment something is said, and in which data types that is.
 *
 * @param segment the segment's place in the message
 * @param around the group that it stands in
 * @param path as in {@code PID-3.4}
 * @param numbers of field, component and subcomponent
 * @param types of the field and of the component, whose parts are meant
 * @param contexts how other documents may call the place, the nearest last
 * @param where a condition for which segments and repetitions of the field it is; empty for all, null where it is those that no
 *     condition can tell
 */
record ElementPlace(
        SourceNode segment,
        SourceNode around,
        String path,
        List<Integer> numbers,
        List<SourceType> types,
        List<Context> contexts,
        @Nullable String where) {

    static ElementPlace of(SourceNode node, SourceNode around) {
        Context context = new Context(Level.SEGMENT, node.id(), node.name(), List.of());
        return new ElementPlace(node, around, node.name(), List.of(), List.of(), List.of(context), "");
    }

    SourceSegment definition() {
        SourceSegment definition = segment.segment();
        if (definition == null) {
            throw new IllegalStateException("a group has no fields");
        }
        return definition;
    }

    boolean isField() {
        return numbers.size() == 1;
    }

    /** The part of that number in it, whose own type is {@code type}. */
    ElementPlace inside(int number, SourceType type) {
        List<Integer> longer = new ArrayList<>(numbers);
        longer.add(number);
        List<SourceType> deeper = new ArrayList<>(types);
        deeper.add(type);
        List<Context> inside = new ArrayList<>();
        contexts.forEach(context -> inside.add(context.inside(number)));
        inside.add(new Context(Level.DATATYPE, type.id(), type.name(), List.of()));
        String longerPath = path + (numbers.isEmpty() ? "-" : ".") + number;
        return new ElementPlace(segment, around, longerPath, longer, deeper, inside, where);
    }

    /** The same for some of what it is for. */
    ElementPlace where(@Nullable String condition) {
        return new ElementPlace(segment, around, path, numbers, types, contexts, both(where, condition));
    }

    /** For which segments and repetitions a rule is to be asked; empty for all. */
    String condition() throws NotConvertibleException {
        if (where == null) {
            throw new NotConvertibleException("it is about repetitions by their numbers, which rules do not know");
        }
        return where;
    }

    private static @Nullable String both(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return null;
        }
        return one.isEmpty() ? other : other.isEmpty() ? one : "(" + one + ") && (" + other + ")";
    }

    /** What a condition is relative to that stands with this context. */
    Scope scope(Context context) {
        if (context.level() == Level.SEGMENT) {
            return ElementScope.of(definition());
        }
        int depth = numbers.size() - context.steps().size();
        StringBuilder base = new StringBuilder(segment.name());
        for (int i = 0; i < depth; i++) {
            base.append(i == 0 ? '-' : '.').append(numbers.get(i));
        }
        return new ElementScope(base.toString(), types.get(depth - 1).parts());
    }

    /** The field that it is or lies in. */
    @Nullable
    SourceElement field() {
        List<SourceElement> fields = definition().fields();
        return numbers.isEmpty() || numbers.get(0) > fields.size() ? null : fields.get(numbers.get(0) - 1);
    }
}
