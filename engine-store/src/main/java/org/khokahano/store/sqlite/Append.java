package org.khokahano.store.sqlite;

import java.util.List;
import org.khokahano.store.Completion;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.NewMessage;
import org.khokahano.store.Quarantined;

/** Something that waits for the writer, and whom to tell. */
sealed interface Append {

    Completion completion();

    /** What an append takes in memory beside its bytes, roughly; small messages add up. */
    int OVERHEAD_BYTES = 512;

    /** Whether all marks made before it are to be durable once it is. */
    default boolean takesMarks() {
        return false;
    }

    /** Bytes that it holds in memory while it waits. */
    long size();

    private static long sizeOf(NewMessage message) {
        long size = OVERHEAD_BYTES + message.bytes().length;
        List<NewDelivery> deliveries = message.deliveries();
        for (int i = 0; i < deliveries.size(); i++) {
            byte[] payload = deliveries.get(i).payload();
            size += payload == null ? 0 : payload.length;
        }
        return size;
    }

    /** A message with its deliveries. */
    record OfMessage(NewMessage message, Completion completion) implements Append {
        @Override
        public long size() {
            return sizeOf(message);
        }
    }

    /** A change that an operator or the engine itself makes. */
    record OfAction(JournalAction action, Completion completion) implements Append {
        @Override
        public boolean takesMarks() {
            return true;
        }

        @Override
        public long size() {
            return action.size();
        }
    }

    /** Nothing to write: completes once all is durable that was appended or marked before it. */
    record OfBarrier(Completion completion) implements Append {
        @Override
        public boolean takesMarks() {
            return true;
        }

        @Override
        public long size() {
            return 0;
        }
    }

    /** Input that is not a message. */
    record OfInput(Quarantined input, Completion completion) implements Append {
        @Override
        public long size() {
            NewMessage acknowledgement = input.acknowledgement();
            return OVERHEAD_BYTES + input.bytes().length + (acknowledgement == null ? 0 : sizeOf(acknowledgement));
        }
    }
}
