package org.khokahano.config;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.problem.Location;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.problem.Suggestion;
import org.khokahano.config.read.Placed;
import org.khokahano.message.MessagePath;
import org.khokahano.message.definition.FieldTypes;
import org.khokahano.message.definition.FieldTypes.FieldType;
import org.khokahano.message.definition.Hl7Definitions;
import org.khokahano.message.definition.SegmentDefinition;

/**
 * Whether HL7 defines a place: its segment, its field, and the component and subcomponent that the field's
 * data type has. A field whose type depends on another one, as OBX-5, may have any.
 */
final class DefinedPlaces {
    private final Hl7Definitions definitions;
    private final FieldTypes types;
    private final Problems problems;

    DefinedPlaces(Hl7Definitions definitions, Problems problems) {
        this.definitions = definitions;
        this.types = new FieldTypes(definitions);
        this.problems = problems;
    }

    /**
     * Segments of a site's own begin with Z and are not defined.
     *
     * @param version what is made; null where it is not known and any version may define the place
     */
    void check(MessagePath path, Placed<String> written, @Nullable String version) {
        if (path.segment().startsWith("Z")) {
            return;
        }
        String only = version != null && Hl7Definitions.isKnown(version) ? version : null;
        List<String> versions = only == null ? Hl7Definitions.versions() : List.of(only);
        Optional<SegmentDefinition> longest = versions.stream()
                .map(each -> definitions.segment(path.segment(), each))
                .flatMap(Optional::stream)
                .max(Comparator.comparingInt(segment -> segment.fields().size()));
        String where = only == null ? "any version of HL7" : "HL7 " + only;
        if (longest.isEmpty()) {
            problems.error(
                    written.place(),
                    "there is no segment " + path.segment() + " in " + where,
                    Suggestion.nearest(path.segment(), definitions.segmentNames(versions.get(versions.size() - 1)))
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("segments of your own begin with Z"));
            return;
        }
        int fields = longest.get().fields().size();
        if (path.field() > fields) {
            problems.error(
                    written.place(),
                    path.segment() + "-" + path.field() + " does not exist in " + where,
                    path.segment() + " has " + fields + " fields");
        } else if (path.component() > 0) {
            checkComponent(path, written, only);
        }
    }

    /** An error is what no version has. */
    private void checkComponent(MessagePath path, Placed<String> written, @Nullable String version) {
        List<FieldType> of = types.ofField(path);
        String field = path.segment() + "-" + path.field();
        switch (types.lackingDepth(path, of)) {
            case 1 -> tell(path, written, 1, field, of);
            case 2 -> tell(path, written, 2, field + "." + path.component(), types.ofComponent(of, path.component()));
            default -> {
                if (version != null && of.stream().noneMatch(FieldType::isOpen)) {
                    warnOfOtherVersions(path, written, version, of);
                }
            }
        }
    }

    private void tell(MessagePath path, Placed<String> written, int dots, String of, List<FieldType> types) {
        FieldType largest = types.stream()
                .max(Comparator.comparingInt(FieldType::components))
                .orElseThrow();
        String what = dots == 1 ? "component" : "subcomponent";
        problems.error(
                place(written, dots),
                of + "." + (dots == 1 ? path.component() : path.subcomponent())
                        + " does not exist in any version of HL7",
                of + said(largest, what));
    }

    /** A partner of that version would not look there; it may still be agreed with one. */
    private void warnOfOtherVersions(
            MessagePath path, Placed<String> written, String version, List<FieldType> allVersions) {
        Optional<FieldType> made = types.ofField(path, version);
        if (made.isEmpty() || path.component() <= Math.max(1, made.get().components())) {
            return;
        }
        String later = allVersions.stream()
                .filter(type -> type.components() >= path.component())
                .map(FieldType::version)
                .findFirst()
                .orElse(version);
        String field = path.segment() + "-" + path.field();
        problems.warning(
                place(written, 1),
                field + "." + path.component() + " does not exist in HL7 " + version,
                field + said(made.get(), "component") + "; HL7 " + later + " has it");
    }

    /** Where the number after that many dots stands. */
    private static Location place(Placed<String> written, int dots) {
        int at = written.value().indexOf('-');
        for (int left = dots; left > 0 && at >= 0; left--) {
            at = written.value().indexOf('.', at + 1);
        }
        return at < 0 ? written.place() : ExpressionPlace.within(written.place(), 1, at + 2);
    }

    private static String said(FieldType type, String what) {
        String article = "AEFHILMNORSX".indexOf(type.name().charAt(0)) >= 0 ? " is an " : " is a ";
        String count = type.parts().isEmpty() ? "no" : String.valueOf(type.components());
        return article + type.name() + ", which has " + count + " " + what + (type.components() == 1 ? "" : "s");
    }
}
