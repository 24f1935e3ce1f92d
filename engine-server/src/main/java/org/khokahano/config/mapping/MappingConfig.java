package org.khokahano.config.mapping;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.khokahano.config.read.Placed;

/**
 * A mapping file.
 *
 * @param to what type it makes; empty to leave the type as it is
 * @param start what its steps begin with
 */
public record MappingConfig(
        Placed<String> name, Optional<TypeConfig> to, Start start, Limits limits, List<StepConfig> steps) {

    /** Its name, as reasons and traces have it. */
    public String mapping() {
        return name.value();
    }

    /** What the steps begin with. */
    public enum Start {
        /** The received message, edited in place. */
        RECEIVED,
        /** A new message, which is built. */
        EMPTY
    }

    /**
     * The type of message that is made.
     *
     * @param type MSH-9 as it is written: {@code OML^O21^OML_O21}
     * @param version MSH-12; empty to leave it
     */
    public record TypeConfig(Placed<String> type, Optional<Placed<String>> version) {

        /** The structure's name in it, or an empty text. */
        public String structure() {
            String[] parts = type.value().split("\\^", -1);
            return parts.length > 2 ? parts[2] : "";
        }
    }

    /** What mapping one message may cost. */
    public record Limits(int steps, Duration time, long size) {}
}
