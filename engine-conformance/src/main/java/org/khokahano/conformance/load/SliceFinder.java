package org.khokahano.conformance.load;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.khokahano.conformance.load.SourceProfile.SourceType;

/** Finds the repetitions of fields that have a data type of their own, and segments with fields of their own. Of one thread. */
final class SliceFinder {
    private static final int LONGEST_NAME = 80;

    private final ImportParts parts;

    SliceFinder(ImportParts parts) {
        this.parts = parts;
    }

    /**
     * Some repetitions of a field.
     *
     * @param where which they are; null where it is one by its number
     * @param repetition from 1; 0 where {@code where} says which they are
     */
    record FieldSlice(String name, @Nullable String where, int repetition, SourceType type, XmlElement xml) {

        /** Its first keys in a profile. */
        Map<Object, Object> begin(Set<String> takenNames) {
            Map<Object, Object> slice = new LinkedHashMap<>();
            slice.put("name", SourceNames.unique(name, LONGEST_NAME, takenNames));
            if (where == null) {
                slice.put("repetition", repetition);
            } else {
                slice.put("where", where);
            }
            return slice;
        }
    }

    /**
     * Some segments of a place.
     *
     * @param where which they are
     * @param place with the fields that they have
     */
    record SegmentFlavour(String name, String where, ElementPlace place) {

        /** Its first keys in a profile. */
        Map<Object, Object> begin(Set<String> takenNames) {
            Map<Object, Object> slice = new LinkedHashMap<>();
            slice.put("name", SourceNames.unique(name, LONGEST_NAME, takenNames));
            slice.put("where", where);
            return slice;
        }
    }

    /** The segments of a place that a slicing says to be others. */
    List<SegmentFlavour> flavours(ElementPlace place) {
        List<SegmentFlavour> flavours = new ArrayList<>();
        for (SourceProfile.SourceFlavour one : place.segment().slices()) {
            String what = "slice " + one.segment().id();
            try {
                ExpressionWriter.Written written =
                        parts.expressions().write(one.assertion(), ElementScope.of(one.segment()));
                ElementPlace other = ElementPlace.of(place.segment().with(one.segment()), place.around());
                flavours.add(new SegmentFlavour(one.segment().id(), written.text(), other.where(written.text())));
                written.differences().forEach(how -> parts.report().changed(one.xml(), place.path(), what, how));
            } catch (NotConvertibleException notConvertible) {
                parts.report().leftOut(one.xml(), place.path(), what, notConvertible.reason());
            }
        }
        return flavours;
    }

    /** The segments that are none of these; empty where there are none. */
    static String noneOf(List<SegmentFlavour> flavours) {
        return flavours.isEmpty()
                ? ""
                : CelText.and(flavours.stream()
                        .map(flavour -> CelText.not(flavour.where()))
                        .toList());
    }

    /** Those that a slicing says. */
    List<FieldSlice> slices(ElementPlace segment, int field) {
        List<FieldSlice> slices = new ArrayList<>();
        for (SourceProfile.SourceSlice one : segment.definition().slices()) {
            if (one.field() != field) {
                continue;
            }
            ElementPlace place = segment.inside(field, one.type());
            String what = "slice " + one.type().id();
            try {
                String where = null;
                if (one.assertion() != null) {
                    Scope scope = new ElementScope(place.path(), one.type().parts());
                    ExpressionWriter.Written written = parts.expressions().write(one.assertion(), scope);
                    where = written.text();
                    written.differences().forEach(how -> parts.report().changed(one.xml(), place.path(), what, how));
                }
                slices.add(new FieldSlice(one.type().id(), where, one.repetition(), one.type(), one.xml()));
                parts.report().carried("slices");
            } catch (NotConvertibleException notConvertible) {
                parts.report().leftOut(one.xml(), place.path(), what, notConvertible.reason());
            }
        }
        return slices;
    }

    /** The repetitions that are in no slice; null where no condition can tell. */
    static @Nullable String none(List<FieldSlice> slices) {
        List<String> conditions = new ArrayList<>();
        for (FieldSlice slice : slices) {
            if (slice.where() == null) {
                return null;
            }
            conditions.add(CelText.not(slice.where()));
        }
        return CelText.and(conditions);
    }

    /** The types that a field has by what others say are slices of it; what more is said of goes before. */
    List<FieldSlice> cases(ElementPlace segment, int field) {
        List<FieldSlice> slices = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        List<SourceProfile.SourceCase> cases = segment.definition().cases().stream()
                .filter(one -> one.field() == field
                        && one.reference() != 0
                        && !one.value().isEmpty())
                .sorted(Comparator.comparing(one -> one.secondValue().isEmpty()))
                .toList();
        for (SourceProfile.SourceCase one : cases) {
            try {
                String where = where(segment, one);
                String name = (one.value() + ' ' + one.secondValue()).strip();
                if (taken.add(where)) {
                    slices.add(new FieldSlice(name, where, 0, one.type(), one.xml()));
                    parts.report().carried("types by another field");
                }
            } catch (NotConvertibleException notConvertible) {
                parts.report()
                        .leftOut(
                                one.xml(),
                                segment.path() + '-' + field,
                                "data type of " + one.value() + " with " + one.secondValue(),
                                notConvertible.reason());
            }
        }
        return slices;
    }

    private String where(ElementPlace segment, SourceProfile.SourceCase one) throws NotConvertibleException {
        String name = segment.segment().name();
        String first = CelText.value(name + '-' + one.reference()) + " == " + CelText.text(one.value());
        if (one.secondValue().isEmpty()) {
            return first;
        }
        String second =
                ElementScope.of(segment.definition()).resolve(one.second()).path();
        return parts.expressions()
                .checked(first + " && " + CelText.value(second) + " == " + CelText.text(one.secondValue()));
    }
}
