package org.khokahano.config.mapping;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.khokahano.config.problem.Location;
import org.khokahano.config.problem.SourceFile;
import org.khokahano.config.read.Placed;

/** A step as it is written. Paths, functions and expressions are text with its place. */
public sealed interface StepConfig {

    /** What the step is about: the value of its first key. */
    Placed<String> subject();

    /** The key it is recognised by. */
    String kind();

    /** The steps inside of it, all lists together. */
    default List<StepConfig> inner() {
        return List.of();
    }

    /** Where it is written. */
    default Location place() {
        return subject().place();
    }

    /** What is written: exactly one of a constant, a field, or an expression. */
    record ValueConfig(
            Optional<Placed<String>> to,
            Optional<Placed<String>> from,
            Optional<Placed<String>> value,
            List<Placed<String>> as) {

        /** A constant of which there is nothing to check, so that its place is of no interest. */
        static ValueConfig constant(String text) {
            Placed<String> written = new Placed<>(text, new SourceFile("", "").at(1, 1));
            return new ValueConfig(Optional.of(written), Optional.empty(), Optional.empty(), List.of());
        }
    }

    /** {@code set}. */
    record SetConfig(Placed<String> subject, ValueConfig value) implements StepConfig {
        @Override
        public String kind() {
            return "set";
        }
    }

    /** {@code copy}; without a {@code to} it is a segment that is added. */
    record CopyConfig(Placed<String> subject, Optional<Placed<String>> to) implements StepConfig {
        @Override
        public String kind() {
            return "copy";
        }
    }

    /** {@code move}. */
    record MoveConfig(Placed<String> subject, Placed<String> to) implements StepConfig {
        @Override
        public String kind() {
            return "move";
        }
    }

    /** {@code remove}. */
    record RemoveConfig(Placed<String> subject) implements StepConfig {
        @Override
        public String kind() {
            return "remove";
        }
    }

    /** {@code when}. */
    record WhenConfig(Placed<String> subject, List<StepConfig> steps, List<StepConfig> otherwise)
            implements StepConfig {
        @Override
        public String kind() {
            return "when";
        }

        @Override
        public List<StepConfig> inner() {
            return Stream.concat(steps.stream(), otherwise.stream()).toList();
        }
    }

    /** {@code each}. */
    record EachConfig(Placed<String> subject, List<StepConfig> steps) implements StepConfig {
        @Override
        public String kind() {
            return "each";
        }

        @Override
        public List<StepConfig> inner() {
            return steps;
        }
    }

    /** {@code call}. */
    record CallConfig(Placed<String> subject) implements StepConfig {
        @Override
        public String kind() {
            return "call";
        }
    }

    /**
     * {@code split}.
     *
     * @param expression what MSH-10 is, where that is said by an expression
     */
    record SplitConfig(Placed<String> subject, SplitControlId controlId, Optional<Placed<String>> expression)
            implements StepConfig {
        @Override
        public String kind() {
            return "split";
        }
    }

    /** {@code add}. */
    record AddConfig(Placed<String> subject, Optional<Placed<String>> after, Map<String, ValueConfig> fields)
            implements StepConfig {
        @Override
        public String kind() {
            return "add";
        }
    }

    /** {@code drop}, {@code fail} and {@code hold}: the reason, and which of them. */
    record EndConfig(Placed<String> subject, String kind, String reason) implements StepConfig {}

    /** {@code convert}: the version it makes. */
    record ConvertConfig(Placed<String> subject) implements StepConfig {
        @Override
        public String kind() {
            return "convert";
        }
    }

    /** {@code translate}. */
    record TranslateConfig(
            Placed<String> subject, Placed<String> table, UnmappedConfig unmapped, boolean reverse, TranslateAs as)
            implements StepConfig {
        @Override
        public String kind() {
            return "translate";
        }
    }

    /** {@code run}. */
    record RunConfig(Placed<String> subject, Map<String, String> with) implements StepConfig {
        @Override
        public String kind() {
            return "run";
        }
    }

    /** MSH-10 of the messages of a split. */
    enum SplitControlId {
        SUFFIX,
        SAME,
        EXPRESSION
    }

    /** What is translated. */
    enum TranslateAs {
        TRIPLET,
        CODE
    }

    /** What becomes of a code that the table does not have; a default where there is one. */
    record UnmappedConfig(UnmappedPolicy policy, String otherwise) {}

    /** What becomes of a code that the table does not have. */
    enum UnmappedPolicy {
        HOLD,
        KEEP,
        FAIL,
        DEFAULT
    }
}
