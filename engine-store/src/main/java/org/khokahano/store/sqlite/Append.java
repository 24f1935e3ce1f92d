package org.khokahano.store.sqlite;

import org.khokahano.store.Completion;
import org.khokahano.store.NewMessage;
import org.khokahano.store.Quarantined;

/** Something that waits for the writer, and whom to tell. */
sealed interface Append {

    Completion completion();

    /** Bytes that it holds in memory while it waits. */
    long size();

    /** A message with its deliveries. */
    record OfMessage(NewMessage message, Completion completion) implements Append {
        @Override
        public long size() {
            return message.bytes().length;
        }
    }

    /** A change that an operator or the engine itself makes. */
    record OfAction(JournalAction action, Completion completion) implements Append {
        @Override
        public long size() {
            return 0;
        }
    }

    /** Input that is not a message. */
    record OfInput(Quarantined input, Completion completion) implements Append {
        @Override
        public long size() {
            return input.bytes().length;
        }
    }
}
