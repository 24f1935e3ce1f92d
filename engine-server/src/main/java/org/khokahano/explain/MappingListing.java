package org.khokahano.explain;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.khokahano.cases.MessageDifference;
import org.khokahano.cases.StepLines;
import org.khokahano.cli.terminal.Paint;
import org.khokahano.engine.RehearsedMessage.Act;
import org.khokahano.engine.RehearsedMessage.Began;
import org.khokahano.engine.RehearsedMessage.Decided;
import org.khokahano.engine.RehearsedMessage.Gone;
import org.khokahano.engine.RehearsedMessage.Mapped;
import org.khokahano.engine.RehearsedMessage.Split;
import org.khokahano.engine.RehearsedMessage.Took;
import org.khokahano.engine.RehearsedMessage.Wrote;
import org.khokahano.mapping.MappingOutcome;
import org.khokahano.message.definition.Hl7Definitions;
import org.khokahano.transform.step.StepPlace;

/**
 * What the steps of a mapping did: each field with what stood there before and after, in the order of writing,
 * and under the message of a split to which it belongs. A mapping that failed is told up to where it failed.
 */
final class MappingListing {
    private static final int MOST_ACTS = 500;

    private final StepLines lines;
    private final Paint paint;
    private final PrintWriter out;
    private final Hl7Definitions definitions = new Hl7Definitions();

    MappingListing(StepLines lines, Paint paint, PrintWriter out) {
        this.lines = lines;
        this.paint = paint;
        this.out = out;
    }

    /** @param version of the received message, whose names its fields get; empty where it has none */
    void print(Mapped mapped, String version) {
        out.println("  " + paint.strong(mapped.mapping()) + ": " + outcome(mapped.outcome()));
        List<Act> told =
                mapped.acts().stream().filter(act -> !(act instanceof Took)).toList();
        String fields = made(mapped.outcome(), version);
        String margin = "    ";
        for (Act act : told.subList(0, Math.min(told.size(), MOST_ACTS))) {
            Optional<String> heading = heading(act);
            if (heading.isPresent()) {
                margin = "      ";
                out.println("    " + paint.strong(heading.get()));
            } else {
                out.println(margin + told(act, fields));
            }
        }
        if (told.size() > MOST_ACTS) {
            out.println(margin + "... and " + (told.size() - MOST_ACTS) + " more");
        }
    }

    private Optional<String> heading(Act act) {
        if (act instanceof Split split) {
            return Optional.of(
                    "message " + split.message() + " of " + split.of() + " that " + place(split.step()) + " makes");
        }
        return act instanceof Began began
                ? Optional.of(began.mapping() + ", message " + began.message() + " of " + began.of())
                : Optional.empty();
    }

    private String told(Act act, String version) {
        if (act instanceof Decided decided) {
            return (decided.fulfilled() ? "true " : "false") + "  " + paint.place(place(decided.step()));
        }
        if (act instanceof Gone gone) {
            return paint.odd("dropped: ") + gone.reason() + "  " + paint.place(place(gone.step()));
        }
        Wrote wrote = (Wrote) act;
        String name = MessageDifference.fieldName(definitions, wrote.path(), version);
        String values = wrote.path().field() == 0
                ? ""
                : "  '" + Values.shown(wrote.before()) + "' -> '" + Values.shown(wrote.after()) + "'";
        return paint.strong(wrote.path().toString()) + (name.isEmpty() ? "" : " (" + name + ")") + values + "  "
                + paint.place(place(wrote.step()));
    }

    private String place(StepPlace step) {
        return lines.of(step).map(StepLines.Line::shown).orElse(step.toString());
    }

    private String outcome(MappingOutcome outcome) {
        if (outcome instanceof MappingOutcome.Mapped mapped) {
            int made = mapped.messages().size();
            int dropped = mapped.dropped().size();
            return made
                    + (made == 1 ? " message" : " messages")
                    + (dropped == 0 ? "" : paint.odd(", " + dropped + " of " + (made + dropped) + " dropped"));
        }
        if (outcome instanceof MappingOutcome.Dropped dropped) {
            return paint.odd("nothing goes out: ") + dropped.reason();
        }
        String reason = outcome instanceof MappingOutcome.Unmapped unmapped
                ? unmapped.reason() + codes(unmapped)
                : ((MappingOutcome.Failed) outcome).reason();
        return paint.bad("held: ") + reason;
    }

    private static String codes(MappingOutcome.Unmapped unmapped) {
        return unmapped.codes().stream()
                .map(code -> "'" + Paint.shown(code.code()) + "'")
                .distinct()
                .collect(Collectors.joining(", ", " (", ")"));
    }

    /** The version of what was made, else of what was received. */
    private static String made(MappingOutcome outcome, String received) {
        return outcome instanceof MappingOutcome.Mapped mapped
                        && !mapped.messages().isEmpty()
                ? mapped.messages().get(0).header().version()
                : received;
    }
}
