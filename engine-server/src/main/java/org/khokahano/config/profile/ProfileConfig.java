package org.khokahano.config.profile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.khokahano.config.read.Placed;
import org.khokahano.config.value.RuleLevel;
import org.khokahano.conformance.profile.Bounds;
import org.khokahano.conformance.profile.Usage;

/**
 * The file of a profile.
 *
 * @param name the layer of its findings
 * @param parents the files that it extends, relative to this one
 * @param segments by their names, as are groups and extra segments
 */
public record ProfileConfig(
        Placed<String> name,
        Optional<String> text,
        List<Placed<String>> parents,
        Optional<ForConfig> messages,
        Map<String, Placed<ValueSetConfig>> valueSets,
        Map<String, Placed<SegmentConfig>> segments,
        Map<String, Placed<GroupConfig>> groups,
        Map<String, Placed<ExtraConfig>> extraSegments,
        List<RuleConfig> rules,
        SeverityConfig severity) {

    /** Its name, as findings have it. */
    public String profile() {
        return name.value();
    }

    /** Which messages it is about. */
    public record ForConfig(List<Placed<String>> types, List<Placed<String>> versions, Optional<String> profileId) {}

    /** A set of codes; a text for each where there is one. */
    public record ValueSetConfig(Map<String, String> codes, Optional<Strength> strength) {}

    /** What is said of a segment. */
    public record SegmentConfig(
            Optional<Placed<UsageConfig>> usage,
            Optional<Placed<String>> when,
            Optional<Placed<Bounds>> cardinality,
            Map<String, Placed<ElementConfig>> fields,
            List<SegmentSliceConfig> slices,
            Optional<RuleLevel> severity) {}

    /** What is said of some segments of a name. */
    public record SegmentSliceConfig(
            Placed<String> name, Placed<String> where, Map<String, Placed<ElementConfig>> fields) {}

    /** What is said of a group. */
    public record GroupConfig(
            Optional<Placed<UsageConfig>> usage,
            Optional<Placed<String>> when,
            Optional<Placed<Bounds>> cardinality,
            Map<String, Placed<GroupConfig>> groups,
            Map<String, Placed<SegmentConfig>> segments,
            Optional<RuleLevel> severity) {}

    /** A segment that HL7's structure does not have. */
    public record ExtraConfig(Optional<Placed<String>> after, SegmentConfig segment) {}

    /** What is said of a field, component or subcomponent. */
    public record ElementConfig(
            Optional<String> name,
            Optional<Placed<UsageConfig>> usage,
            Optional<Placed<String>> when,
            Optional<Placed<Bounds>> cardinality,
            ElementValueConfig value,
            Map<String, Placed<ElementConfig>> parts,
            List<SliceConfig> slices,
            Optional<RuleLevel> severity) {}

    /** What is said of a value. */
    public record ElementValueConfig(
            Optional<Placed<Bounds>> length,
            Optional<Placed<String>> pattern,
            List<Placed<String>> constant,
            Optional<Placed<String>> table,
            Optional<Strength> strength,
            Optional<Placed<String>> type) {}

    /** What is said of some repetitions: those {@code where} something is true, or the one of that number. */
    public record SliceConfig(
            Placed<String> name,
            Optional<Placed<String>> where,
            Optional<Integer> repetition,
            Optional<Placed<Bounds>> cardinality,
            ElementValueConfig value,
            Map<String, Placed<ElementConfig>> components,
            Optional<RuleLevel> severity) {}

    /** What must hold between fields: {@code require} or {@code count}. */
    public record RuleConfig(
            Placed<String> id,
            Optional<Placed<String>> when,
            Optional<Placed<String>> each,
            Optional<Placed<String>> where,
            Optional<Placed<String>> require,
            Optional<CountConfig> count,
            Optional<Placed<String>> at,
            Optional<String> text,
            Optional<RuleLevel> severity) {}

    /** How many segments there have to be. */
    public record CountConfig(
            Placed<String> segment, Optional<Placed<String>> matching, Optional<Placed<Bounds>> cardinality) {}

    /** A usage as it is written: {@code R} or {@code C(R/X)}. */
    public record UsageConfig(Usage usage, Usage otherwise, boolean conditional) {}

    /** How grave it is to break rules of each kind. */
    public record SeverityConfig(
            RuleLevel usage,
            RuleLevel cardinality,
            RuleLevel length,
            RuleLevel pattern,
            RuleLevel constant,
            RuleLevel binding,
            RuleLevel dataType,
            RuleLevel slice,
            RuleLevel rules) {}
}
