package org.khokahano.bench.micro;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.khokahano.message.MessagePath;
import org.khokahano.table.CodeTables;
import org.khokahano.transform.StepMapping;
import org.khokahano.transform.step.ConvertValueStep;
import org.khokahano.transform.step.CopyStep;
import org.khokahano.transform.step.EachSegmentStep;
import org.khokahano.transform.step.MappingProgram;
import org.khokahano.transform.step.RunLimits;
import org.khokahano.transform.step.SetStep;
import org.khokahano.transform.step.Step;
import org.khokahano.transform.step.StepPlace;

/**
 * The mapping that all contenders run: ten constants, ten copies, ten values in capitals. For a result the
 * last three steps are a loop over its observations with two steps in it. {@code config/fifty-routes} has
 * the same as files.
 */
final class ThirtySteps {
    static final int STEPS = 30;

    private static final String[] SOURCES = {"PID-3-1", "PID-5-1", "PID-5-2", "PID-7-1", "MSH-4-1"};
    private static final String[] TARGETS = {
        "MSH-5-1", "MSH-6-1", "PID-2-1", "PID-4-1", "PID-6-1", "PID-9-1", "PID-18-1", "PID-19", "PID-3-4", "MSH-3-1"
    };

    private ThirtySteps() {}

    /** What a step does with its place. */
    enum Action {
        CONSTANT,
        COPY,
        CAPITALS
    }

    /** One step; places as HAPI's Terser writes them. */
    record Edit(Action action, String target, String source, String constant) {}

    /** The steps outside of the loop. */
    static List<Edit> edits(boolean result) {
        List<Edit> edits = new ArrayList<>();
        for (int i = 0; i < (result ? STEPS - 3 : STEPS); i++) {
            edits.add(new Edit(
                    Action.values()[i % Action.values().length],
                    TARGETS[i % TARGETS.length],
                    SOURCES[i % SOURCES.length],
                    "NRL" + i));
        }
        return edits;
    }

    /** The engine's mapping. */
    static StepMapping mapping(boolean result) {
        List<Step> steps = new ArrayList<>();
        for (Edit edit : edits(result)) {
            StepPlace place = new StepPlace("bench", String.valueOf(steps.size() + 1), "set " + edit.target());
            MessagePath target = path(edit.target());
            MessagePath source = path(edit.source());
            steps.add(
                    switch (edit.action()) {
                        case CONSTANT -> new SetStep(place, target, edit.constant());
                        case COPY -> new CopyStep(place, source, target);
                        case CAPITALS ->
                            new ConvertValueStep(place, target, source, text -> text.toUpperCase(Locale.ROOT));
                    });
        }
        if (result) {
            StepPlace place = new StepPlace("bench", "28", "each OBX");
            steps.add(new EachSegmentStep(
                    place,
                    "OBX",
                    List.of(
                            new SetStep(place, path("OBX-11"), "C"),
                            new CopyStep(place, path("OBX-3-1"), path("OBX-4-1")))));
        }
        RunLimits limits = new RunLimits(10_000, Duration.ofSeconds(1), 16_000_000);
        return new StepMapping(new MappingProgram("bench", false, limits, CodeTables.none(), steps, List.of()));
    }

    private static MessagePath path(String terser) {
        int component = terser.indexOf('-', terser.indexOf('-') + 1);
        return MessagePath.parse(
                component < 0 ? terser : terser.substring(0, component) + "." + terser.substring(component + 1));
    }
}
