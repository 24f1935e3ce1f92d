package org.khokahano.engine;

import java.util.List;
import java.util.Optional;
import org.khokahano.mapping.MappingOutcome;
import org.khokahano.message.MessagePath;
import org.khokahano.routing.RouteTrace;
import org.khokahano.transform.step.StepPlace;

/**
 * What a configuration does with one message.
 *
 * @param answers what its sender gets: mostly one acknowledgement
 * @param refused why it was not taken; empty where it was
 * @param deliveries what goes out and what is held, in the order of the configuration
 * @param findings codes of what was odd and tolerated, and what validation found: severity, layer, rule, place
 * @param routes what each route said; empty where the message did not come as far as the routes
 * @param mappings the mappings that ran, each once
 */
public record RehearsedMessage(
        List<byte[]> answers,
        Optional<Refused> refused,
        List<Planned> deliveries,
        List<String> findings,
        List<RouteTrace> routes,
        List<Mapped> mappings) {

    public RehearsedMessage {
        answers = List.copyOf(answers);
        deliveries = List.copyOf(deliveries);
        findings = List.copyOf(findings);
        routes = List.copyOf(routes);
        mappings = List.copyOf(mappings);
    }

    /**
     * Why a message was not taken.
     *
     * @param code such as {@code unsupportedType}
     * @param detail in words; empty where the code says all
     */
    public record Refused(String code, String detail) {}

    /**
     * A delivery.
     *
     * @param payload what the partner gets: the received bytes where nothing changes them
     * @param asReceived whether nothing changes them
     * @param held why it would wait for somebody; empty where it would go
     */
    public record Planned(String destination, byte[] payload, boolean asReceived, Optional<String> held) {

        /** Holds content, and shows none. */
        @Override
        public String toString() {
            return (held.isPresent() ? "held for " : "delivery to ") + destination;
        }
    }

    /**
     * A mapping that ran.
     *
     * @param mapping the names of its files' mappings
     * @param acts what its steps did, in order
     */
    public record Mapped(String mapping, MappingOutcome outcome, List<Act> acts) {
        public Mapped {
            acts = List.copyOf(acts);
        }
    }

    /** What a step did. */
    public sealed interface Act {
        StepPlace step();
    }

    /** A step was taken. */
    public record Took(StepPlace step) implements Act {}

    /** A step wrote a place, or removed what stood there. */
    public record Wrote(StepPlace step, MessagePath path) implements Act {}

    /** A step's condition was asked. */
    public record Decided(StepPlace step, boolean fulfilled) implements Act {}
}
