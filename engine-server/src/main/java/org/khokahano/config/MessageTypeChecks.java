package org.khokahano.config;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.problem.Location;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.problem.Suggestion;
import org.khokahano.config.read.Placed;
import org.khokahano.expression.ComparedType;
import org.khokahano.message.definition.Hl7Definitions;
import org.khokahano.message.definition.MessageTypes;

/**
 * Message types, trigger events and structures that HL7 does not have. A warning only: partners have sent
 * stranger ones, and what begins with Z is nobody's mistake.
 */
final class MessageTypeChecks {
    private static final String OWN = "types and events of your own begin with Z";

    private final Hl7Definitions definitions;
    private final Problems problems;
    private @Nullable MessageTypes known;

    MessageTypeChecks(Hl7Definitions definitions, Problems problems) {
        this.definitions = definitions;
        this.problems = problems;
    }

    /** What was probably meant by a message type that is not even written like one. */
    static Optional<String> nearest(String written) {
        String[] parts = written.strip().split("[\\^_]", -1);
        MessageTypes known = new MessageTypes(new Hl7Definitions());
        Optional<String> type =
                known.types().contains(parts[0]) ? Optional.of(parts[0]) : Suggestion.nearest(parts[0], known.types());
        if (parts.length == 1 || type.isEmpty()) {
            return type;
        }
        Set<String> events = known.events(type.get());
        Optional<String> event =
                events.contains(parts[1]) ? Optional.of(parts[1]) : Suggestion.nearest(parts[1], events);
        return event.map(meant -> type.get() + "^" + meant);
    }

    /** A message type, as in {@code ADT}, {@code ADT^A01} or {@code ADT^A01^ADT_A01}, where it is written. */
    void written(Placed<String> type) {
        String[] parts = type.value().split("\\^", -1);
        boolean typeKnown = checkType(parts[0], type.place());
        int next = parts[0].length() + 2;
        if (parts.length > 1) {
            checkEvent(parts[1], typeKnown ? parts[0] : "", ExpressionPlace.within(type.place(), 1, next));
            next += parts[1].length() + 1;
        }
        if (parts.length > 2) {
            checkStructure(parts[2], ExpressionPlace.within(type.place(), 1, next));
        }
    }

    /** A constant that a part of MSH-9 is compared with; an empty one asks whether there is any. */
    void compared(ComparedType compared, Location place) {
        switch (compared.part()) {
            case TYPE -> checkType(compared.text(), place);
            case EVENT -> checkEvent(compared.text(), "", place);
            case STRUCTURE -> checkStructure(compared.text(), place);
        }
    }

    private boolean checkType(String type, Location place) {
        if (type.isEmpty() || types().hasType(type)) {
            return true;
        }
        problems.warning(place, "HL7 has no message type " + type, hint(type, types().types()));
        return false;
    }

    private void checkEvent(String event, String type, Location place) {
        if (event.isEmpty() || types().hasEvent(event)) {
            return;
        }
        Set<String> events = types().events(type);
        String hint = type.isEmpty() ? hint(event, events) : Suggestion.hint(event, events, "events of " + type);
        problems.warning(place, "HL7 has no trigger event " + event, hint);
    }

    private void checkStructure(String structure, Location place) {
        if (structure.isEmpty() || types().hasStructure(structure)) {
            return;
        }
        problems.warning(place, "HL7 has no message structure " + structure, hint(structure, types().structures()));
    }

    private static String hint(String word, Set<String> words) {
        Optional<String> near = Suggestion.nearest(word, words);
        return near.map(meant -> "did you mean '" + meant + "'?").orElse(OWN);
    }

    /** Reading them takes a moment, which a configuration that names none need not wait. */
    private MessageTypes types() {
        MessageTypes read = known;
        if (read == null) {
            read = new MessageTypes(definitions);
            known = read;
        }
        return read;
    }
}
