package org.khokahano.config;

import java.util.Optional;
import org.khokahano.config.read.Section;
import org.khokahano.config.read.Types;

/** What can be said about messages in several parts, and about several messages in one. */
final class FlowDeclaration {

    private static final long SHORTEST_FRAGMENT = 1_000;

    /** A message is one array, at both ends. */
    private static final long LONGEST = 1L << 30;

    static final Section<ContinuationConfig> CONTINUATION = Section.of("continuation", section -> {
        var timeout = section.field(
                "timeout",
                Types.duration(),
                "10m",
                "How long the next fragment may take; then those that came go to quarantine (R42).");
        var maxSize =
                section.field("maxSize", Types.size(), "64MB", "The longest message, all its fragments together.");
        var maxPending = section.field(
                "maxPending", Types.integer(1, 100_000), "1000", "How many messages may be unfinished at a time.");
        section.rule(values -> {
            if (maxSize.in(values) > LONGEST) {
                values.error(maxSize, "no message can be longer than 1GB", "make it smaller");
            }
        });
        section.instead("split", "a listener puts fragments together; a destination splits");
        return values -> new ContinuationConfig(timeout.in(values), maxSize.in(values), maxPending.in(values));
    });

    /** The longest message that a partner takes whole. */
    static final Section<Long> SPLIT = Section.of("continuation", section -> {
        var split = section.required(
                "split", Types.size(), "Longer messages go in fragments of this length at most, from 1KB on.");
        section.rule(values -> {
            if (split.in(values) < SHORTEST_FRAGMENT || split.in(values) > LONGEST) {
                values.error(split, "a fragment has 1KB to 1GB", "take what the partner can read: 64KB");
            }
        });
        return split::in;
    });

    static final Section<GatherConfig> BATCH = Section.of("batch", section -> {
        var messages =
                section.field("messages", Types.integer(1, 1_000), "100", "How many messages go together at most.");
        var wait =
                section.field("wait", Types.duration(), "5s", "How long the first of them waits for others, at most.");
        var size = section.field("size", Types.size(), "1MB", "A batch that has reached this size goes.");
        var file = section.field("file", Types.flag(), "false", "Whether FHS and FTS stand around it.");
        var answers = section.field(
                "answers",
                Types.choice(BatchAnswers.class),
                "all",
                "Which messages the partner's answer speaks of (R44).");
        return values -> new GatherConfig(
                messages.in(values), wait.in(values), size.in(values), file.in(values), answers.in(values));
    });

    private FlowDeclaration() {}

    /** Why messages cannot be split so; empty where they can. */
    static Optional<String> whyNoSplit(DestinationTransport transport, boolean formatted) {
        if (formatted) {
            return Optional.of("only HL7 in delimiters has fragments");
        }
        if (transport instanceof DirectoryDestinationConfig) {
            return Optional.of("a file has no longest length");
        }
        return transport instanceof MllpDestinationConfig mllp && mllp.window() > 1
                ? Optional.of("each fragment waits for its acknowledgement, so 'window' must be 1")
                : Optional.empty();
    }

    /** Why messages cannot go in batches; empty where they can. */
    static Optional<String> whyNoBatch(DestinationTransport transport, boolean formatted, GatherConfig batch) {
        if (formatted) {
            return Optional.of("only HL7 in delimiters has batches");
        }
        if (transport instanceof MllpDestinationConfig mllp) {
            if (mllp.window() > 1) {
                return Optional.of("a batch waits for its answer, so 'window' must be 1");
            }
            if (batch.answers() == BatchAnswers.NONE) {
                return Optional.of("over MLLP a batch that is not answered could be lost without a trace;"
                        + " 'answers' must be all or errors");
            }
            if (mllp.expectAck() == ExpectAck.AS_MESSAGE) {
                return Optional.of("MSH-15 says nothing about a batch, so 'expectAck' must be always");
            }
        }
        return Optional.empty();
    }
}
