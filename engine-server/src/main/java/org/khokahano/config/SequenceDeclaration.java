package org.khokahano.config;

import org.khokahano.config.read.Section;
import org.khokahano.config.read.Types;

/** What can be said about sequence numbers (2.10.1). See docs/protocol.md. */
final class SequenceDeclaration {

    static final Section<ReceivedSequenceConfig> RECEIVED = Section.of("sequence", section -> {
        var by = section.field(
                "by",
                Types.choice(SequenceBy.class),
                "sender",
                "Whose messages share one stream of numbers: those of each MSH-3 and MSH-4, or all of the listener's.");
        var unnumbered = section.field(
                "unnumbered",
                Types.choice(Unnumbered.class),
                "accept",
                "What becomes of a message without a number in MSH-13.");
        return values -> new ReceivedSequenceConfig(by.in(values), unnumbered.in(values));
    });

    static final Section<SentSequenceConfig> SENT = Section.of("sequence", section -> {
        var start = section.field(
                "start",
                Types.choice(SequenceStart.class),
                "ask",
                "What is sent before the first message after a start: 0, which asks the partner what it expects, -1 for"
                        + " resynchronise, or nothing.");
        var first =
                section.field("first", Types.integer(1, 1_000_000_000), "1", "The number of the first message ever.");
        var behind = section.field(
                "behind",
                Types.choice(SequenceBehind.class),
                "restart",
                "What is done where the partner expects an earlier number than it got: it is asked again once, or the"
                        + " lane is frozen at once (R36).");
        return values -> new SentSequenceConfig(start.in(values), first.in(values), behind.in(values));
    });

    private SequenceDeclaration() {}
}
