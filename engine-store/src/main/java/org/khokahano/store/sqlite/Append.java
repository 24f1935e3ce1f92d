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

    /** Bytes that it holds in memory while it waits. */
    long size();

    /** A message with its deliveries. */
    record OfMessage(NewMessage message, Completion completion) implements Append {
        @Override
        public long size() {
            long size = OVERHEAD_BYTES + message.bytes().length;
            List<NewDelivery> deliveries = message.deliveries();
            for (int i = 0; i < deliveries.size(); i++) {
                byte[] payload = deliveries.get(i).payload();
                size += payload == null ? 0 : payload.length;
            }
            return size;
        }
    }

    /** Input that is not a message. */
    record OfInput(Quarantined input, Completion completion) implements Append {
        @Override
        public long size() {
            return OVERHEAD_BYTES + input.bytes().length;
        }
    }
}
