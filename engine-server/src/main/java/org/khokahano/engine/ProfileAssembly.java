package org.khokahano.engine;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.profile.ProfileConfig;
import org.khokahano.config.profile.ProfileConfig.ElementConfig;
import org.khokahano.config.profile.ProfileConfig.ElementValueConfig;
import org.khokahano.config.profile.ProfileConfig.ForConfig;
import org.khokahano.config.profile.ProfileConfig.GroupConfig;
import org.khokahano.config.profile.ProfileConfig.RuleConfig;
import org.khokahano.config.profile.ProfileConfig.SegmentConfig;
import org.khokahano.config.profile.ProfileConfig.SegmentSliceConfig;
import org.khokahano.config.profile.ProfileConfig.SeverityConfig;
import org.khokahano.config.profile.ProfileConfig.SliceConfig;
import org.khokahano.config.profile.ProfileConfig.UsageConfig;
import org.khokahano.config.profile.ProfileConfig.ValueSetConfig;
import org.khokahano.config.profile.ProfileFiles;
import org.khokahano.config.profile.Strength;
import org.khokahano.config.read.Placed;
import org.khokahano.config.value.RuleLevel;
import org.khokahano.conformance.profile.CoConstraint;
import org.khokahano.conformance.profile.Demand;
import org.khokahano.conformance.profile.ElementProfile;
import org.khokahano.conformance.profile.ExtraSegment;
import org.khokahano.conformance.profile.GroupProfile;
import org.khokahano.conformance.profile.Levels;
import org.khokahano.conformance.profile.PlaceCondition;
import org.khokahano.conformance.profile.Profile;
import org.khokahano.conformance.profile.SegmentProfile;
import org.khokahano.conformance.profile.SegmentSliceProfile;
import org.khokahano.conformance.profile.Selector;
import org.khokahano.conformance.profile.Selector.MessageType;
import org.khokahano.conformance.profile.SliceProfile;
import org.khokahano.conformance.profile.UsageRule;
import org.khokahano.conformance.profile.ValueProfile;
import org.khokahano.conformance.profile.ValueProfile.Binding;
import org.khokahano.conformance.standard.Hl7Tables;
import org.khokahano.conformance.standard.Hl7Tables.Hl7Table;
import org.khokahano.expression.ExpressionCompiler;
import org.khokahano.expression.InvalidExpressionException;
import org.khokahano.message.MessagePath;
import org.khokahano.table.CodeLookup;
import org.khokahano.table.CodeTable;
import org.khokahano.validation.Severity;

/** Makes profiles of what their files say, each once, so that what two extend is one. Of one thread. */
final class ProfileAssembly {
    private final EngineConfig config;
    private final Hl7Tables tables;
    private final Map<String, Profile> made = new LinkedHashMap<>();
    private @Nullable ExpressionCompiler compiler;

    ProfileAssembly(EngineConfig config, Hl7Tables tables) {
        this.config = config;
        this.tables = tables;
    }

    /** The profile of a file as a rule set names it; that it was read and checked is presumed. */
    Profile profile(String file) {
        String name = ProfileFiles.resolve("", file);
        Profile known = made.get(name);
        if (known == null) {
            ProfileConfig read = config.profiles().get(name);
            if (read == null) {
                throw new IllegalStateException("profile " + name + " was not read");
            }
            known = new OneProfile(name, read).make();
            made.put(name, known);
        }
        return known;
    }

    private ExpressionCompiler compiler() {
        ExpressionCompiler known = compiler;
        if (known == null) {
            known = new ExpressionCompiler(config.codes().names());
            compiler = known;
        }
        return known;
    }

    private @Nullable PlaceCondition condition(Optional<Placed<String>> text) {
        return text.map(this::condition).orElse(null);
    }

    private PlaceCondition condition(Placed<String> text) {
        try {
            return new PlaceCondition(compiler().condition(text.value()), config.codes());
        } catch (InvalidExpressionException checkedBefore) {
            throw new IllegalStateException("a condition of a profile was checked and is wrong", checkedBefore);
        }
    }

    private static <A, B> Map<Integer, B> numbered(Map<String, Placed<A>> written, Function<A, B> change) {
        Map<Integer, B> numbered = new TreeMap<>();
        written.forEach((number, value) -> numbered.put(Integer.parseInt(number), change.apply(value.value())));
        return numbered;
    }

    private static <A, B> Map<String, B> named(Map<String, Placed<A>> written, Function<A, B> change) {
        Map<String, B> named = new LinkedHashMap<>();
        written.forEach((name, value) -> named.put(name, change.apply(value.value())));
        return named;
    }

    /** The making of one profile. */
    private final class OneProfile {
        private final String file;
        private final ProfileConfig read;

        OneProfile(String file, ProfileConfig read) {
            this.file = file;
            this.read = read;
        }

        Profile make() {
            List<Profile> parents = new ArrayList<>();
            for (Placed<String> parent : read.parents()) {
                parents.add(profile(ProfileFiles.resolve(file, parent.value())));
            }
            return new Profile(
                    read.profile(),
                    selector(),
                    parents,
                    named(read.segments(), this::segment),
                    named(read.groups(), this::group),
                    read.rules().stream().map(rule -> rule(rule, parents)).toList(),
                    named(
                            read.extraSegments(),
                            extra -> new ExtraSegment(
                                    extra.after().map(Placed::value).orElse(""), segment(extra.segment()))));
        }

        private Selector selector() {
            Optional<ForConfig> messages = read.messages();
            List<MessageType> types = messages.map(ForConfig::types).orElse(List.of()).stream()
                    .map(type -> {
                        String[] parts = type.value().split("\\^", -1);
                        return new MessageType(
                                parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
                    })
                    .toList();
            Set<String> versions = new HashSet<>();
            messages.map(ForConfig::versions).orElse(List.of()).forEach(version -> versions.add(version.value()));
            return new Selector(
                    types, versions, messages.flatMap(ForConfig::profileId).orElse(""));
        }

        private SegmentProfile segment(SegmentConfig segment) {
            return new SegmentProfile(
                    usage(segment.usage(), segment.when()),
                    segment.cardinality().map(Placed::value).orElse(null),
                    levels(segment.severity(), Optional.empty()),
                    numbered(segment.fields(), this::element),
                    segment.slices().stream().map(this::slice).toList());
        }

        private SegmentSliceProfile slice(SegmentSliceConfig slice) {
            return new SegmentSliceProfile(
                    slice.name().value(),
                    condition(slice.where()),
                    numbered(slice.fields(), this::element),
                    levels(Optional.empty(), Optional.empty()));
        }

        private GroupProfile group(GroupConfig group) {
            return new GroupProfile(
                    usage(group.usage(), group.when()),
                    group.cardinality().map(Placed::value).orElse(null),
                    levels(group.severity(), Optional.empty()),
                    named(group.groups(), this::group),
                    named(group.segments(), this::segment));
        }

        private ElementProfile element(ElementConfig element) {
            return new ElementProfile(
                    element.name().orElse(""),
                    usage(element.usage(), element.when()),
                    element.cardinality().map(Placed::value).orElse(null),
                    value(element.value()),
                    numbered(element.parts(), this::element),
                    element.slices().stream().map(this::slice).toList(),
                    levels(element.severity(), strength(element.value())));
        }

        private SliceProfile slice(SliceConfig slice) {
            return new SliceProfile(
                    slice.name().value(),
                    condition(slice.where()),
                    slice.repetition().orElse(0),
                    slice.cardinality().map(Placed::value).orElse(null),
                    value(slice.value()),
                    numbered(slice.components(), this::element),
                    levels(slice.severity(), strength(slice.value())));
        }

        private @Nullable UsageRule usage(Optional<Placed<UsageConfig>> written, Optional<Placed<String>> when) {
            return written.map(usage -> new UsageRule(
                            usage.value().usage(),
                            condition(when),
                            usage.value().otherwise()))
                    .orElse(null);
        }

        private ValueProfile value(ElementValueConfig value) {
            Set<String> constants = new HashSet<>();
            value.constant().forEach(constant -> constants.add(constant.value()));
            return new ValueProfile(
                    value.length().map(Placed::value).orElse(null),
                    value.pattern()
                            .map(pattern -> Pattern.compile(pattern.value()))
                            .orElse(null),
                    constants,
                    value.table().map(table -> binding(table.value())).orElse(null),
                    value.type().map(Placed::value).orElse(""));
        }

        private Binding binding(String name) {
            Optional<ValueSetConfig> set = valueSet(name);
            if (set.isPresent()) {
                Set<String> codes = Set.copyOf(set.get().codes().keySet());
                return new Binding("value set " + name, (code, millis) -> codes.contains(code));
            }
            CodeTable table = config.codes().get(name);
            if (table != null) {
                return new Binding(
                        "table " + name,
                        (code, millis) -> !(table.find(code, "", millis) instanceof CodeLookup.Absent));
            }
            Hl7Table hl7 = tables.table(Integer.parseInt(name));
            return new Binding(
                    "HL7's table " + name,
                    (code, millis) -> hl7 == null || hl7.codes().contains(code));
        }

        /** Its own, else the nearest one of what it extends, the later before the earlier. */
        private Optional<ValueSetConfig> valueSet(String name) {
            return ProfileAssembly.this.valueSet(file, read, name);
        }

        private Optional<Strength> strength(ElementValueConfig value) {
            return value.strength()
                    .or(() -> value.table()
                            .flatMap(table -> valueSet(table.value()).flatMap(ValueSetConfig::strength)));
        }

        /** A rule of its own, or one of what it extends with another severity, place or sentence. */
        private CoConstraint rule(RuleConfig rule, List<Profile> parents) {
            Demand demand = demand(rule);
            boolean refines = demand == null
                    && rule.severity().filter(RuleLevel.OFF::equals).isEmpty();
            for (int i = parents.size() - 1; refines && i >= 0; i--) {
                Optional<CoConstraint> inherited = parents.get(i).rule(rule.id().value());
                if (inherited.isPresent()) {
                    return inherited
                            .get()
                            .refined(
                                    at(rule),
                                    rule.severity().map(ProfileAssembly::severity),
                                    rule.text().orElse(""));
                }
            }
            return new CoConstraint(
                    rule.id().value(),
                    condition(rule.when()),
                    rule.each().map(Placed::value).orElse(""),
                    condition(rule.where()),
                    demand,
                    at(rule),
                    severity(rule.severity().orElse(read.severity().rules())),
                    rule.text().orElse(""));
        }

        private @Nullable Demand demand(RuleConfig rule) {
            Optional<Demand> counts = rule.count()
                    .flatMap(count -> count.cardinality()
                            .map(bounds -> new Demand.Counts(
                                    count.segment().value(), condition(count.matching()), bounds.value())));
            return counts.or(() -> rule.require().map(require -> new Demand.Holds(condition(require))))
                    .orElse(null);
        }

        private static @Nullable MessagePath at(RuleConfig rule) {
            return rule.at().map(at -> MessagePath.parse(at.value())).orElse(null);
        }

        private Levels levels(Optional<RuleLevel> own, Optional<Strength> strength) {
            SeverityConfig all = read.severity();
            Severity binding = switch (strength.orElse(Strength.REQUIRED)) {
                case REQUIRED -> severity(all.binding());
                case EXTENSIBLE -> Severity.WARNING;
                case PREFERRED -> Severity.INFORMATION;
            };
            return new Levels(
                    severity(own.orElse(all.usage())),
                    severity(own.orElse(all.cardinality())),
                    severity(own.orElse(all.length())),
                    severity(own.orElse(all.pattern())),
                    severity(own.orElse(all.constant())),
                    own.isPresent() ? severity(own.get()) : binding,
                    severity(own.orElse(all.dataType())),
                    severity(own.orElse(all.slice())));
        }
    }

    private Optional<ValueSetConfig> valueSet(String file, ProfileConfig profile, String name) {
        Placed<ValueSetConfig> own = profile.valueSets().get(name);
        if (own != null) {
            return Optional.of(own.value());
        }
        for (int i = profile.parents().size() - 1; i >= 0; i--) {
            String parent = ProfileFiles.resolve(file, profile.parents().get(i).value());
            ProfileConfig read = config.profiles().get(parent);
            Optional<ValueSetConfig> found = read == null ? Optional.empty() : valueSet(parent, read, name);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static @Nullable Severity severity(RuleLevel level) {
        return ValidationAssembly.severity(level);
    }
}
