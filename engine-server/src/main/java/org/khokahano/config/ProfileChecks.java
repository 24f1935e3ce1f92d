package org.khokahano.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.problem.Suggestion;
import org.khokahano.config.profile.ProfileConfig;
import org.khokahano.config.profile.ProfileConfig.CountConfig;
import org.khokahano.config.profile.ProfileConfig.ForConfig;
import org.khokahano.config.profile.ProfileConfig.RuleConfig;
import org.khokahano.config.profile.ProfileFiles;
import org.khokahano.config.read.Placed;
import org.khokahano.conformance.standard.Hl7Tables;
import org.khokahano.message.definition.Hl7Definitions;

/** What can only be checked with all profiles in hand: what they extend, HL7's definitions, expressions. */
final class ProfileChecks {
    private final Map<String, ProfileConfig> profiles;
    private final Set<String> tables;
    private final Problems problems;
    private final Hl7Definitions definitions = new Hl7Definitions();
    private final ProfileChain chain;
    private final StepChecks expressions;

    /** @param tables the names of the code tables */
    ProfileChecks(Map<String, ProfileConfig> profiles, Set<String> tables, Problems problems) {
        this.profiles = profiles;
        this.tables = tables;
        this.problems = problems;
        this.chain = new ProfileChain(profiles, definitions);
        this.expressions = new StepChecks(definitions, tables, problems);
    }

    void check() {
        if (profiles.isEmpty()) {
            return;
        }
        Map<String, String> files = new HashMap<>();
        Hl7Tables shipped = Hl7Tables.shipped();
        new TreeMap<>(profiles).forEach((file, profile) -> {
            name(file, profile.name(), files.putIfAbsent(profile.profile(), file));
            boolean round = circle(file, profile);
            messages(file, profile);
            Set<String> sets = chain.valueSets(file);
            ProfileValueChecks values = new ProfileValueChecks(sets, tables, shipped, definitions, problems);
            new ProfilePlaceChecks(file, profile, chain, definitions, values, expressions, problems).check();
            rules(file, profile.rules());
            if (!round) {
                new ProfileConflicts(chain, problems).check(file, profile);
            }
        });
    }

    /** Findings name the profile that set their rule. */
    private void name(String file, Placed<String> name, @Nullable String other) {
        if (other != null) {
            problems.error(
                    name.place(),
                    "the profile '" + name.value() + "' of " + file + " has the name of that in " + other,
                    "give it a name of its own: findings tell profiles apart by it");
        } else if (name.value().equals("hl7")) {
            problems.error(name.place(), "'hl7' is what HL7's own rules are called", "give the profile another name");
        }
    }

    private boolean circle(String file, ProfileConfig profile) {
        for (Placed<String> parent : profile.parents()) {
            String named = ProfileFiles.resolve(file, parent.value());
            List<String> way = named.equals(file) ? List.of(file) : chain.way(named, file);
            if (!way.isEmpty()) {
                String told = named.equals(file) ? file : String.join(" -> ", way);
                problems.error(
                        parent.place(),
                        "the profile extends itself: " + file + " -> " + told,
                        "take it out, or move the common rules into a profile of their own");
                return true;
            }
        }
        return false;
    }

    private void messages(String file, ProfileConfig profile) {
        List<Placed<String>> versions =
                profile.messages().map(ForConfig::versions).orElse(List.of());
        for (Placed<String> version : versions) {
            if (!Hl7Definitions.isKnown(version.value())) {
                problems.error(
                        version.place(),
                        "there is no HL7 version " + version.value(),
                        Suggestion.hint(version.value(), Hl7Definitions.versions(), "versions"));
            }
        }
        List<Placed<String>> types = profile.messages().map(ForConfig::types).orElse(List.of());
        if (types.isEmpty() && profile.parents().isEmpty()) {
            problems.error(
                    profile.name().place(),
                    "the profile does not say which messages it is for",
                    "write 'for' with types: for: {types: [ADT^A01]}");
        }
        types.forEach(type -> type(file, type));
    }

    private void type(String file, Placed<String> type) {
        List<String> versions = chain.versions(file);
        boolean known = versions.stream()
                .anyMatch(version -> !chain.structures(type.value(), version).isEmpty());
        if (known) {
            return;
        }
        String[] parts = type.value().split("\\^", -1);
        String wanted = parts.length > 2 ? parts[2] : String.join("_", parts);
        Set<String> names = new TreeSet<>();
        versions.forEach(version -> names.addAll(definitions.structureNames(version)));
        problems.error(
                type.place(),
                "there is no message " + type.value() + " in " + ProfilePlaceChecks.where(versions),
                Suggestion.nearest(wanted, names)
                        .map(near -> parts.length > 2 ? type.value().replace(wanted, near) : near.replace('_', '^'))
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("see HL7 table 0354"));
    }

    private void rules(String file, List<RuleConfig> rules) {
        Set<String> ids = new HashSet<>();
        for (RuleConfig rule : rules) {
            if (!ids.add(rule.id().value())) {
                problems.error(
                        rule.id().place(),
                        "two rules of this profile have the id '" + rule.id().value() + "'",
                        "give each an id of its own");
            }
            rule.when().ifPresent(expressions::condition);
            rule.each().ifPresent(each -> expressions.walked(each, true));
            rule.where().ifPresent(expressions::condition);
            rule.require().ifPresent(expressions::condition);
            rule.count().ifPresent(count -> count(rule, count));
            rule.at().ifPresent(at -> expressions.path(at, null));
            if (rule.require().isEmpty() && rule.count().isEmpty()) {
                takenAway(file, rule);
            }
        }
    }

    private void count(RuleConfig rule, CountConfig count) {
        expressions.walked(count.segment(), false);
        count.matching().ifPresent(expressions::condition);
        rule.each()
                .filter(each -> !isGroup(each.value()))
                .ifPresent(each -> problems.error(
                        each.place(),
                        "segments are counted in the message or in a group, and '" + each.value() + "' is neither",
                        "write the group around them: each: ORDER_OBSERVATION, or leave 'each' out"));
    }

    private static boolean isGroup(String each) {
        return each.length() > 3 && !each.contains("-");
    }

    private void takenAway(String file, RuleConfig rule) {
        Set<String> known = new TreeSet<>();
        chain.all(file).stream()
                .filter(each -> !each.equals(file))
                .map(profiles::get)
                .forEach(parent -> {
                    if (parent != null) {
                        parent.rules().forEach(other -> known.add(other.id().value()));
                    }
                });
        if (!known.contains(rule.id().value())) {
            problems.error(
                    rule.id().place(),
                    "no profile that this one extends has a rule '" + rule.id().value() + "'",
                    known.isEmpty() ? "remove it" : Suggestion.hint(rule.id().value(), known, "rules"));
        }
    }
}
