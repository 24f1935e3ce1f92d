package org.khokahano.engine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.khokahano.mapping.MappingOutcome;
import org.khokahano.message.MessagePath;
import org.khokahano.routing.RouteTrace;
import org.khokahano.transform.step.StepPlace;
import org.khokahano.validation.Finding;
import org.khokahano.validation.Judgement;

/**
 * What a configuration does with one message.
 *
 * @param answers what its sender gets: mostly one acknowledgement
 * @param refused why it was not taken; empty where it was
 * @param deliveries what goes out and what is held, in the order of the configuration
 * @param warnings codes of what was odd and tolerated
 * @param judgements what validation found, at the listener first and then at each route that would take it
 * @param routes what each route said; empty where the message did not come as far as the routes
 * @param mappings the mappings that ran, each once
 */
public record RehearsedMessage(
        List<byte[]> answers,
        Optional<Refused> refused,
        List<Planned> deliveries,
        List<String> warnings,
        List<Judgement> judgements,
        List<RouteTrace> routes,
        List<Mapped> mappings) {

    public RehearsedMessage {
        answers = List.copyOf(answers);
        deliveries = List.copyOf(deliveries);
        warnings = List.copyOf(warnings);
        judgements = List.copyOf(judgements);
        routes = List.copyOf(routes);
        mappings = List.copyOf(mappings);
    }

    /**
     * What was found, as cases name it: codes of what was odd and tolerated, then severity, layer, rule and
     * place of what validation found, each once however many validations found it.
     */
    public List<String> findings() {
        Set<String> all = new LinkedHashSet<>(warnings);
        for (Judgement judgement : judgements) {
            judgement.verdict().findings().list().forEach(finding -> all.add(shown(finding)));
        }
        return List.copyOf(all);
    }

    /** A finding as cases name it; nothing in it is content. */
    public static String shown(Finding finding) {
        return finding.severity().name().toLowerCase(Locale.ROOT) + " " + finding.layer() + " " + finding.rule()
                + " at " + finding.place();
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

    /** What happened in a mapping. */
    public sealed interface Act {}

    /** A step was taken. */
    public record Took(StepPlace step) implements Act {}

    /**
     * A step wrote a place, or removed what stood there.
     *
     * @param before what stood there, decoded, with its delimiters
     * @param after what stood there when the step had ended
     */
    public record Wrote(StepPlace step, MessagePath path, String before, String after) implements Act {

        /** Holds content, and shows none. */
        @Override
        public String toString() {
            return step + " wrote " + path;
        }
    }

    /** A mapping went on with one of several messages that the one before it made. */
    public record Began(String mapping, int message, int of) implements Act {}

    /** The steps after a split went on with one of the messages that it made. */
    public record Split(StepPlace step, int message, int of) implements Act {}

    /** The message went no further. */
    public record Gone(StepPlace step, String reason) implements Act {}

    /** A step's condition was asked. */
    public record Decided(StepPlace step, boolean fulfilled) implements Act {}
}
