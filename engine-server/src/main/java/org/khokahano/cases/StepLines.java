package org.khokahano.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.khokahano.config.mapping.MappingConfig;
import org.khokahano.config.mapping.StepConfig;
import org.khokahano.config.mapping.StepConfig.WhenConfig;
import org.khokahano.config.problem.Location;
import org.khokahano.transform.step.StepPlace;

/** Where each step of the mappings is written: file and line, by the number that traces give it. */
public final class StepLines {
    private final List<Line> lines = new ArrayList<>();

    /** @param mappings by the names of their files */
    public StepLines(Map<String, MappingConfig> mappings) {
        mappings.keySet().stream().sorted().forEach(file -> {
            MappingConfig mapping = mappings.get(file);
            if (mapping != null) {
                add(mapping.mapping(), "", mapping.steps());
            }
        });
    }

    /**
     * A step.
     *
     * @param number as in a trace: {@code 3.2} is the second step inside the third
     */
    public record Line(String mapping, String number, StepConfig step) {

        /** Whether it asks something. */
        public boolean isCondition() {
            return step instanceof WhenConfig;
        }

        /** As people look for it: file, line and what it does. */
        public String shown() {
            return place() + " " + step.kind() + " " + step.subject().value();
        }

        /** File and line. */
        public String place() {
            Location place = step.place();
            return place.file() + ":" + place.line();
        }
    }

    /** All steps in their order, each before those inside of it. */
    public List<Line> all() {
        return List.copyOf(lines);
    }

    /** The step of a trace; empty for what is not written in a file, such as a shipped conversion. */
    public Optional<Line> of(StepPlace place) {
        return lines.stream()
                .filter(line ->
                        line.mapping().equals(place.mapping()) && line.number().equals(place.number()))
                .findFirst();
    }

    private void add(String mapping, String before, List<StepConfig> steps) {
        for (int index = 0; index < steps.size(); index++) {
            StepConfig step = steps.get(index);
            String number = before + (index + 1);
            lines.add(new Line(mapping, number, step));
            add(mapping, number + ".", step.inner());
        }
    }
}
