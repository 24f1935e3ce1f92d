package org.khokahano.admin;

import java.util.List;
import java.util.Optional;
import org.khokahano.store.archive.StoredMessage;

/** Explains what the engine did with a stored message. Methods block, for a bounded time. */
public interface TraceDesk {

    /**
     * The trace of a message.
     *
     * @param messageId the message's id
     * @param listener where it came in
     * @param receivedAt when it was first received, ISO 8601
     * @param revision number of the configuration that it was planned by; 0 where none was kept
     * @param explainedBy number of the configuration that the trace was made with
     * @param note what to know before reading it, such as that the two differ; empty where nothing is
     * @param lines the trace as {@code khoka explain} prints it: it shows values
     */
    record Trace(
            long messageId,
            String listener,
            String receivedAt,
            int revision,
            int explainedBy,
            String note,
            List<String> lines) {

        public Trace {
            lines = List.copyOf(lines);
        }

        /** Holds content, and shows none. */
        @Override
        public String toString() {
            return "trace of message " + messageId;
        }
    }

    /**
     * What came of asking.
     *
     * @param made empty where it cannot be made
     * @param problem why, and what to do; empty where it was made
     * @param busy whether it may be made later
     */
    record Answer<T>(Optional<T> made, String problem, boolean busy) {
        public static <T> Answer<T> of(T made) {
            return new Answer<>(Optional.of(made), "", false);
        }

        public static <T> Answer<T> none(String problem) {
            return new Answer<>(Optional.empty(), problem, false);
        }

        public static <T> Answer<T> later(String problem) {
            return new Answer<>(Optional.empty(), problem, true);
        }
    }

    /** Makes the trace again of a message whose bytes are kept. */
    Answer<Trace> trace(StoredMessage message);

    /** Validates a message again, by the revision that it was planned by where that is kept. */
    Answer<MessageFindings> findings(StoredMessage message);
}
