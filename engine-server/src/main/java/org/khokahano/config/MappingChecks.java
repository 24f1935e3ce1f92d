package org.khokahano.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.mapping.MappingConfig;
import org.khokahano.config.mapping.MappingConfig.TypeConfig;
import org.khokahano.config.mapping.StepConfig;
import org.khokahano.config.mapping.StepConfig.CallConfig;
import org.khokahano.config.mapping.StepConfig.EndConfig;
import org.khokahano.config.mapping.StepConfig.SplitConfig;
import org.khokahano.config.problem.Location;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.problem.Suggestion;
import org.khokahano.config.read.Placed;
import org.khokahano.message.definition.Hl7Definitions;

/** What can only be checked with all mappings in hand: calls, what is never reached, and each step. */
final class MappingChecks {
    private final Map<String, MappingConfig> mappings;
    private final Problems problems;
    private final Hl7Definitions definitions = new Hl7Definitions();
    private final MessageTypeChecks types;
    private final StepChecks steps;

    MappingChecks(Map<String, MappingConfig> mappings, Set<String> tables, Problems problems) {
        this.mappings = mappings;
        this.problems = problems;
        this.types = new MessageTypeChecks(definitions, problems);
        this.steps = new StepChecks(definitions, tables, problems);
    }

    void check() {
        Map<String, String> files = new HashMap<>();
        new TreeMap<>(mappings).forEach((file, mapping) -> {
            checkName(file, mapping.name(), files.putIfAbsent(mapping.mapping(), file));
            checkTypes(mapping.to());
            checkSteps(mapping.steps(), version(mapping), false);
            checkCycle(file, file, mapping.steps(), new HashSet<>());
        });
    }

    /** Reasons, traces and the coverage of cases name a step by its mapping. */
    private void checkName(String file, Placed<String> name, @Nullable String other) {
        if (other != null) {
            problems.error(
                    name.place(),
                    "the mapping '" + name.value() + "' of " + file + " has the name of that in " + other,
                    "give it a name of its own: reasons and traces tell mappings apart by it");
        }
    }

    private static @Nullable String version(MappingConfig mapping) {
        return mapping.to().flatMap(TypeConfig::version).map(Placed::value).orElse(null);
    }

    /** The type of what is made, where there is one. */
    void checkTypes(Optional<TypeConfig> made) {
        made.ifPresent(this::checkType);
    }

    private void checkType(TypeConfig to) {
        Optional<Placed<String>> version = to.version();
        if (version.isPresent() && !Hl7Definitions.isKnown(version.get().value())) {
            problems.error(
                    version.get().place(),
                    "there is no HL7 version " + version.get().value(),
                    Suggestion.hint(version.get().value(), Hl7Definitions.versions(), "versions"));
            return;
        }
        String structure = to.structure();
        if (version.isPresent()
                && !structure.isEmpty()
                && definitions.structure(structure, version.get().value()).isEmpty()) {
            Set<String> known = definitions.structureNames(version.get().value());
            problems.error(
                    to.type().place(),
                    "there is no message structure " + structure + " in HL7 "
                            + version.get().value(),
                    Suggestion.nearest(structure, known)
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("see HL7 table 0354"));
            return;
        }
        types.written(to.type());
    }

    private void checkSteps(List<StepConfig> list, @Nullable String version, boolean inEach) {
        boolean ended = false;
        for (StepConfig step : list) {
            if (ended) {
                problems.warning(step.place(), "this step is never reached", "the step before it ends the mapping");
                ended = false;
            }
            if (step instanceof SplitConfig && inEach) {
                problems.error(
                        step.place(),
                        "a message is not split inside 'each': the steps of one message would go on in another",
                        "move 'split' out; it makes one message of each by itself");
            }
            if (step instanceof CallConfig call && inEach) {
                checkNoSplit(call);
            }
            steps.check(step, version);
            checkInner(step, version, inEach);
            ended = step instanceof EndConfig;
        }
    }

    private void checkInner(StepConfig step, @Nullable String version, boolean inEach) {
        if (step instanceof StepConfig.WhenConfig when) {
            checkSteps(when.steps(), version, inEach);
            checkSteps(when.otherwise(), version, inEach);
        } else {
            checkSteps(step.inner(), version, true);
        }
    }

    /** Whether a file calls itself by way of others; told where the round is closed. */
    private void checkCycle(String first, String file, List<StepConfig> list, Set<String> seen) {
        for (CallConfig call : calls(list)) {
            String called = call.subject().value();
            Location place = call.place();
            if (called.equals(first)) {
                problems.error(
                        place,
                        "the mapping calls itself" + (file.equals(first) ? "" : " by way of '" + file + "'"),
                        "take the call out, or move the common steps into a mapping of their own");
            } else if (mappings.containsKey(called) && seen.add(called)) {
                MappingConfig inner = mappings.get(called);
                if (inner != null) {
                    checkCycle(first, called, inner.steps(), seen);
                }
            }
        }
    }

    private void checkNoSplit(CallConfig call) {
        if (splits(List.of(call), new HashSet<>())) {
            problems.error(
                    call.place(),
                    "a mapping that splits messages cannot be called inside 'each'",
                    "call it outside, or name it in the 'map' of the route, before or after this one");
        }
    }

    /** Whether one of the steps splits messages, in a mapping that it calls for one. */
    private boolean splits(List<StepConfig> list, Set<String> seen) {
        for (StepConfig step : list) {
            MappingConfig called =
                    step instanceof CallConfig call && seen.add(call.subject().value())
                            ? mappings.get(call.subject().value())
                            : null;
            if (step instanceof SplitConfig
                    || splits(step.inner(), seen)
                    || called != null && splits(called.steps(), seen)) {
                return true;
            }
        }
        return false;
    }

    private static List<CallConfig> calls(List<StepConfig> list) {
        List<CallConfig> calls = new ArrayList<>();
        for (StepConfig step : list) {
            if (step instanceof CallConfig call) {
                calls.add(call);
            }
            calls.addAll(calls(step.inner()));
        }
        return calls;
    }
}
