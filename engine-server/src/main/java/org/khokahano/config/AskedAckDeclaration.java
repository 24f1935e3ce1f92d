package org.khokahano.config;

import org.khokahano.config.read.ChoiceType;
import org.khokahano.config.read.Section;
import org.khokahano.config.read.Types;

/** What can be said about the application acknowledgements that a destination asks for. See docs/protocol.md. */
final class AskedAckDeclaration {

    static final Section<AskedAckConfig> ASKED = Section.of("applicationAck", section -> {
        var ask = section.field(
                "ask",
                ChoiceType.of(AskedAck.class, AskedAck::name),
                "AL",
                "MSH-16 of what is sent: AL for always, ER for errors, SU for success. MSH-15 becomes AL.");
        var within = section.field(
                "within", Types.duration(), "1h", "How long one may take after the partner has accepted the message.");
        var aa = section.field("AA", Types.choice(AwaitedAction.class), "done", "The partner processed the message.");
        var ae = section.field(
                "AE", Types.choice(AwaitedAction.class), "deadLetter", "The partner found an error in the message.");
        var ar = section.field("AR", Types.choice(AwaitedAction.class), "deadLetter", "The partner refused it.");
        var timeout = section.optional(
                "timeout",
                Types.choice(AwaitedAction.class),
                "None came in time: deadLetter, but done where only errors are asked for (ER).");
        return values -> new AskedAckConfig(
                ask.in(values),
                within.in(values),
                aa.in(values),
                ae.in(values),
                ar.in(values),
                timeout.in(values)
                        .orElse(ask.in(values) == AskedAck.ER ? AwaitedAction.DONE : AwaitedAction.DEAD_LETTER));
    });

    private AskedAckDeclaration() {}
}
