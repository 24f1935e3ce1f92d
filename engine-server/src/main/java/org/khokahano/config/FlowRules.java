package org.khokahano.config;

import java.util.Optional;
import org.khokahano.config.read.Field;
import org.khokahano.config.read.Values;

/** Which of the things that can be said about a destination's messages go together. */
record FlowRules(
        Field<DestinationTransport> transport,
        Field<OrderConfig> order,
        Field<Optional<String>> format,
        Field<Optional<String>> characterSet,
        Field<Optional<AskedAckConfig>> applicationAck,
        Field<Optional<SentSequenceConfig>> sequence,
        Field<Optional<Long>> split,
        Field<Optional<GatherConfig>> batch) {

    /** Who is asked for application acknowledgements has to be able to answer. */
    void applicationAck(Values values) {
        if (applicationAck.in(values).isEmpty()) {
            return;
        }
        if (transport.in(values) instanceof MllpDestinationConfig mllp
                && (mllp.expectAck() == ExpectAck.AS_MESSAGE || mllp.match() == AckMatch.POSITIONAL)) {
            values.error(
                    applicationAck,
                    "acknowledgements that are asked for are told apart by MSA-2",
                    "remove 'expectAck' and 'match', or 'applicationAck'");
        }
        if (transport.in(values) instanceof DirectoryDestinationConfig
                || format.in(values).isPresent()) {
            values.error(
                    applicationAck,
                    "only HL7 in delimiters to a partner that answers asks for acknowledgements",
                    "remove 'applicationAck'");
        }
    }

    /** Numbered messages go one after the other to who can tell the number it expects. */
    void sequence(Values values) {
        if (sequence.in(values).isEmpty()) {
            return;
        }
        if (order.in(values).lanes() > 1) {
            values.error(sequence, "sequence numbers follow one order, and there are several lanes", "remove 'key'");
        }
        if (transport.in(values) instanceof MllpDestinationConfig mllp && mllp.window() > 1) {
            values.error(sequence, "each numbered message waits for the one before", "remove 'window' or 'sequence'");
        }
        if (transport.in(values) instanceof MllpDestinationConfig mllp && mllp.expectAck() == ExpectAck.AS_MESSAGE) {
            values.error(
                    sequence, "a partner that does not answer tells no number", "remove 'expectAck' or 'sequence'");
        }
        if (transport.in(values) instanceof DirectoryDestinationConfig) {
            values.error(sequence, "a directory tells no number", "remove 'sequence'");
        }
        if (format.in(values).isPresent()) {
            values.error(sequence, "only HL7 in delimiters has an MSH-13", "remove 'sequence' or 'format'");
        }
    }

    /** Messages go in fragments or in batches only where the partner says what became of each. */
    void parts(Values values) {
        boolean formatted = format.in(values).isPresent();
        if (split.in(values).isPresent()) {
            FlowDeclaration.whyNoSplit(transport.in(values), formatted)
                    .ifPresent(why -> values.error(split, why, "remove 'continuation', or what is against it"));
        }
        batch.in(values)
                .flatMap(gather -> FlowDeclaration.whyNoBatch(transport.in(values), formatted, gather))
                .ifPresent(why -> values.error(batch, why, "remove 'batch', or what is against it"));
    }

    /** What counts, awaits or splits each message does not go with what sends several as one, or one as several. */
    void together(Values values) {
        boolean batches = batch.in(values).isPresent();
        boolean fragments = split.in(values).isPresent();
        if (fragments && batches) {
            values.error(split, "fragments do not go in batches", "remove 'continuation' or 'batch'");
        }
        if (fragments && sequence.in(values).isPresent()) {
            values.error(
                    split,
                    "each fragment would need a sequence number of its own",
                    "remove 'continuation' or 'sequence'");
        }
        if (batches && sequence.in(values).isPresent()) {
            values.error(batch, "numbered messages go and are answered one by one", "remove 'batch' or 'sequence'");
        }
        if (batches && applicationAck.in(values).isPresent()) {
            values.error(
                    batch,
                    "a batch is answered as a whole, and no acknowledgement is asked for its messages",
                    "remove 'batch' or 'applicationAck'");
        }
    }

    /** What a format says is not said twice. */
    void format(Values values) {
        if (format.in(values).isPresent() && characterSet.in(values).isPresent()) {
            values.error(characterSet, "a format says itself how it is written", "remove 'characterSet'");
        }
        if (format.in(values).isPresent() && transport.in(values) instanceof MllpDestinationConfig) {
            values.error(
                    format,
                    "only HL7 in delimiters goes by MLLP",
                    "remove 'format', or send by HTTP or into a directory");
        }
    }
}
