package org.khokahano.conformance.load;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.conformance.load.SourceProfile.SourceElement;
import org.khokahano.conformance.load.SourceProfile.SourceSegment;

/**
 * Paths within a segment, a field or a component. A field's first repetition is written without a number: seen
 * from a repetition of the field it is that one, since conditions of data types count for each.
 *
 * @param base {@code PID}, {@code PID-3}, {@code PID-3.4}
 */
record ElementScope(String base, List<SourceElement> parts) implements Scope {

    static ElementScope of(SourceSegment segment) {
        return new ElementScope(segment.name(), segment.fields());
    }

    @Override
    public Target resolve(String path) throws NotConvertibleException {
        if (path.equals(".")) {
            return Target.of(base, false, new WholeElement(parts).element());
        }
        return resolve(Step.all(path));
    }

    Target resolve(List<Step> steps) throws NotConvertibleException {
        StringBuilder path = new StringBuilder(base);
        List<SourceElement> inside = parts;
        SourceElement element = null;
        boolean many = false;
        boolean field = base.indexOf('-') < 0;
        for (Step step : steps) {
            element = step.position() <= inside.size() ? inside.get(step.position() - 1) : null;
            path.append(field ? '-' : '.').append(step.position());
            if (field) {
                boolean single = element != null && element.most() == 1;
                many = step.isEach() && !single;
                path.append(many ? "[*]" : step.instance() > 1 ? "[" + step.instance() + "]" : "");
            } else if (step.instance() > 1) {
                throw new NotConvertibleException("components do not repeat");
            }
            inside = element == null ? List.of() : element.parts();
            field = false;
        }
        int depth = (int) path.chars().filter(character -> character == '.').count();
        if (depth > 2) {
            throw new NotConvertibleException("the path leads deeper than subcomponents");
        }
        return Target.of(path.toString(), many, element);
    }

    @Override
    public Scope within(String path) throws NotConvertibleException {
        Target target = resolve(path);
        List<Step> steps = Step.all(path);
        List<SourceElement> inside = parts;
        for (Step step : steps) {
            inside = step.position() <= inside.size()
                    ? inside.get(step.position() - 1).parts()
                    : List.of();
        }
        if (target.many() || target.path().contains("[")) {
            throw new NotConvertibleException("it is about each repetition within something else");
        }
        return new ElementScope(target.path(), inside);
    }

    /** The element that has these parts, for its leaves. */
    private record WholeElement(List<SourceElement> parts) {
        @Nullable
        SourceElement element() {
            if (parts.isEmpty()) {
                return null;
            }
            SourceElement first = parts.get(0);
            return new SourceElement(
                    "",
                    first.usage(),
                    0,
                    1,
                    0,
                    Integer.MAX_VALUE,
                    new SourceProfile.SourceType("", "", parts),
                    SourceProfile.SourceBinding.NONE,
                    "",
                    first.xml());
        }
    }
}
