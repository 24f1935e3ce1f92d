package org.khokahano.config;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.problem.Suggestion;
import org.khokahano.config.profile.ProfileConfig;
import org.khokahano.config.profile.ProfileConfig.ElementConfig;
import org.khokahano.config.profile.ProfileConfig.ExtraConfig;
import org.khokahano.config.profile.ProfileConfig.GroupConfig;
import org.khokahano.config.profile.ProfileConfig.SegmentConfig;
import org.khokahano.config.profile.ProfileConfig.SegmentSliceConfig;
import org.khokahano.config.profile.ProfileConfig.SliceConfig;
import org.khokahano.config.profile.ProfileConfig.UsageConfig;
import org.khokahano.config.read.Placed;
import org.khokahano.conformance.profile.Bounds;
import org.khokahano.conformance.profile.Usage;
import org.khokahano.message.definition.DataTypeDefinition;
import org.khokahano.message.definition.FieldDefinition;
import org.khokahano.message.definition.Hl7Definitions;
import org.khokahano.message.definition.SegmentDefinition;
import org.khokahano.message.definition.StructureNode;

/** The places of one profile against what HL7 defines, and what is said of them against itself. */
final class ProfilePlaceChecks {
    private final String file;
    private final ProfileConfig profile;
    private final ProfileChain chain;
    private final Hl7Definitions definitions;
    private final ProfileValueChecks values;
    private final StepChecks expressions;
    private final Problems problems;
    private final List<String> versions;

    ProfilePlaceChecks(
            String file,
            ProfileConfig profile,
            ProfileChain chain,
            Hl7Definitions definitions,
            ProfileValueChecks values,
            StepChecks expressions,
            Problems problems) {
        this.file = file;
        this.profile = profile;
        this.chain = chain;
        this.definitions = definitions;
        this.values = values;
        this.expressions = expressions;
        this.problems = problems;
        this.versions = chain.versions(file);
    }

    static String where(List<String> versions) {
        return versions.size() == 1 ? "HL7 " + versions.get(0) : "the versions of HL7 that it is for";
    }

    void check() {
        profile.segments().forEach((name, segment) -> {
            if (name.startsWith("Z")) {
                problems.error(
                        segment.place(),
                        "HL7 has no place for the segment " + name,
                        "write it under 'extraSegments', with the segment that it comes after");
            } else {
                segment(name, segment);
            }
        });
        profile.extraSegments().forEach(this::extra);
        if (!profile.groups().isEmpty()) {
            groups(chain.structures(file), profile.groups(), "the message");
        }
    }

    private void extra(String name, Placed<ExtraConfig> extra) {
        SegmentConfig segment = extra.value().segment();
        if (!name.startsWith("Z")) {
            segment(name, new Placed<>(segment, extra.place()));
        } else {
            possible(segment.usage(), segment.cardinality());
            segment.when().ifPresent(expressions::condition);
            segment.fields().values().forEach(field -> element(field.value(), ""));
            segment.slices().forEach(slice -> {
                expressions.condition(slice.where());
                slice.fields().values().forEach(field -> element(field.value(), ""));
            });
            differentNames(
                    segment.slices().stream().map(SegmentSliceConfig::name).toList(), "segment");
        }
        extra.value().after().ifPresent(after -> {
            if (!after.value().startsWith("Z")) {
                expressions.path(after, versions.size() == 1 ? versions.get(0) : null);
            }
        });
    }

    private void segment(String name, Placed<SegmentConfig> placed) {
        SegmentConfig segment = placed.value();
        possible(segment.usage(), segment.cardinality());
        segment.when().ifPresent(expressions::condition);
        Optional<SegmentDefinition> longest = versions.stream()
                .flatMap(version -> definitions.segment(name, version).stream())
                .max(Comparator.comparingInt(definition -> definition.fields().size()));
        if (longest.isEmpty()) {
            Set<String> known = new TreeSet<>();
            versions.forEach(version -> known.addAll(definitions.segmentNames(version)));
            problems.error(
                    placed.place(),
                    "there is no segment " + name + " in " + where(versions),
                    Suggestion.nearest(name, known)
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("segments of your own begin with Z, under 'extraSegments'"));
            return;
        }
        fields(name, longest.get(), segment.fields());
        for (SegmentSliceConfig slice : segment.slices()) {
            expressions.condition(slice.where());
            fields(name, longest.get(), slice.fields());
        }
        differentNames(segment.slices().stream().map(SegmentSliceConfig::name).toList(), "segment");
    }

    private void fields(String name, SegmentDefinition longest, Map<String, Placed<ElementConfig>> fields) {
        int most = longest.fields().size();
        fields.forEach((number, field) -> {
            if (Integer.parseInt(number) > most) {
                problems.error(
                        field.place(),
                        name + "-" + number + " does not exist in " + where(versions),
                        name + " has " + most + " fields");
                return;
            }
            String type = longest.field(Integer.parseInt(number))
                    .map(FieldDefinition::dataType)
                    .orElse("");
            element(field.value(), type);
        });
    }

    private void element(ElementConfig element, String hl7Type) {
        possible(element.usage(), element.cardinality());
        element.when().ifPresent(expressions::condition);
        values.check(element.value());
        String type = element.value().type().map(Placed::value).orElse(hl7Type);
        parts(element.parts(), type);
        for (SliceConfig slice : element.slices()) {
            slice.where().ifPresent(expressions::condition);
            values.check(slice.value());
            parts(slice.components(), slice.value().type().map(Placed::value).orElse(type));
        }
        differentNames(element.slices().stream().map(SliceConfig::name).toList(), "field");
    }

    private void differentNames(List<Placed<String>> slices, String of) {
        Set<String> names = new TreeSet<>();
        for (Placed<String> name : slices) {
            if (!names.add(name.value())) {
                problems.error(
                        name.place(),
                        "two slices of this " + of + " have the name '" + name.value() + "'",
                        "give each a name of its own");
            }
        }
    }

    private void parts(Map<String, Placed<ElementConfig>> parts, String type) {
        if (parts.isEmpty()) {
            return;
        }
        boolean unknown = type.isEmpty() || type.equalsIgnoreCase("varies") || type.equals("CM") || type.equals("*");
        Optional<DataTypeDefinition> definition =
                unknown ? Optional.empty() : longest(type, versions).or(() -> longest(type, Hl7Definitions.versions()));
        parts.forEach((number, part) -> {
            int index = Integer.parseInt(number);
            int most = definition
                    .map(each -> Math.max(1, each.components().size()))
                    .orElse(Integer.MAX_VALUE);
            if (index > most) {
                problems.error(
                        part.place(),
                        "the data type " + type + " has no part " + number + " in " + where(versions),
                        most == 1 ? type + " has no components" : type + " has " + most + " components");
                return;
            }
            String inner = definition
                    .filter(each -> index <= each.components().size())
                    .map(each -> each.components().get(index - 1).dataType())
                    .orElse("");
            element(part.value(), inner);
        });
    }

    private Optional<DataTypeDefinition> longest(String type, List<String> among) {
        return among.stream()
                .flatMap(version -> definitions.dataType(type, version).stream())
                .max(Comparator.comparingInt(each -> each.components().size()));
    }

    private void possible(Optional<Placed<UsageConfig>> usage, Optional<Placed<Bounds>> cardinality) {
        if (usage.isEmpty() || cardinality.isEmpty()) {
            return;
        }
        UsageConfig used = usage.get().value();
        Bounds bounds = cardinality.get().value();
        boolean required = used.usage() == Usage.R || used.otherwise() == Usage.R;
        if (required && bounds.most() == 0) {
            problems.error(
                    cardinality.get().place(),
                    "what is required cannot be there 0 times at most",
                    "write usage X, or a cardinality such as \"1..1\"");
        } else if (used.usage() == Usage.X && !used.conditional() && bounds.least() > 0) {
            problems.error(
                    cardinality.get().place(),
                    "what must not be used cannot be there " + bounds.least() + " times at least",
                    "write another usage, or remove the cardinality");
        }
    }

    private void groups(List<StructureNode> around, Map<String, Placed<GroupConfig>> groups, String noun) {
        groups.forEach((name, placed) -> {
            GroupConfig group = placed.value();
            possible(group.usage(), group.cardinality());
            group.when().ifPresent(expressions::condition);
            List<StructureNode> found = around.stream()
                    .flatMap(node -> node.parts().stream())
                    .filter(part -> !part.segment() && part.name().equals(name))
                    .toList();
            if (found.isEmpty()) {
                Set<String> known = new TreeSet<>();
                around.stream()
                        .flatMap(node -> node.parts().stream())
                        .filter(part -> !part.segment())
                        .forEach(part -> known.add(part.name()));
                problems.error(
                        placed.place(),
                        "there is no group " + name + " directly in " + noun,
                        known.isEmpty() ? noun + " has no groups" : Suggestion.hint(name, known, "groups"));
                return;
            }
            groups(found, group.groups(), "group " + name);
            group.segments().forEach((segment, rules) -> inGroup(found, name, segment, rules));
        });
    }

    private void inGroup(List<StructureNode> found, String group, String name, Placed<SegmentConfig> segment) {
        Set<String> known = new TreeSet<>();
        found.stream()
                .flatMap(node -> node.parts().stream())
                .filter(StructureNode::segment)
                .forEach(part -> known.add(part.name()));
        if (!known.contains(name)) {
            problems.error(
                    segment.place(),
                    "segment " + name + " does not stand directly in group " + group,
                    Suggestion.hint(name, known, "segments in it"));
            return;
        }
        segment(name, segment);
    }
}
