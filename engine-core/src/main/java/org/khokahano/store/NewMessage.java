package org.khokahano.store;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message to be appended with all its deliveries.
 *
 * @param listener the listener's name
 * @param facility the facility that the listener serves, empty where none is set
 * @param remote the sender's address
 * @param bytes the message as received
 * @param keys what operators search for
 * @param duplicateKey what identifies the message to its sender (R57), or null where duplicates are
 *     not looked for
 * @param receivedMillis wall time of receipt
 * @param receivedNanos monotonic time of receipt
 * @param ackForm how it is acknowledged, as a number that is given back with a duplicate
 * @param revision number of the configuration that it was planned by; 0 where none is kept
 * @param batch id of the batch that it came in (2.10.3), empty where it came by itself
 * @param sequence the number that it must have in its stream (2.10.1), or null where it has none
 * @param chain number of the fragments that it was put together from (2.10.2), which are done with once
 *     it is stored; 0 where it came whole
 * @param deliveries one for each destination; empty where no route takes the message
 */
public record NewMessage(
        String listener,
        String facility,
        String remote,
        byte[] bytes,
        BusinessKeys keys,
        @Nullable DuplicateKey duplicateKey,
        long receivedMillis,
        long receivedNanos,
        int ackForm,
        int revision,
        String batch,
        @Nullable SequenceClaim sequence,
        long chain,
        List<NewDelivery> deliveries) {

    /** A message of no numbered stream. */
    public NewMessage(
            String listener,
            String facility,
            String remote,
            byte[] bytes,
            BusinessKeys keys,
            @Nullable DuplicateKey duplicateKey,
            long receivedMillis,
            long receivedNanos,
            int ackForm,
            int revision,
            String batch,
            List<NewDelivery> deliveries) {
        this(
                listener,
                facility,
                remote,
                bytes,
                keys,
                duplicateKey,
                receivedMillis,
                receivedNanos,
                ackForm,
                revision,
                batch,
                null,
                0,
                deliveries);
    }

    /** A message with the form of acknowledgement that is the most common, 0. */
    public NewMessage(
            String listener,
            String facility,
            String remote,
            byte[] bytes,
            BusinessKeys keys,
            @Nullable DuplicateKey duplicateKey,
            long receivedMillis,
            long receivedNanos,
            List<NewDelivery> deliveries) {
        this(
                listener,
                facility,
                remote,
                bytes,
                keys,
                duplicateKey,
                receivedMillis,
                receivedNanos,
                0,
                0,
                "",
                deliveries);
    }

    @Override
    public String toString() {
        return "new message of " + bytes.length + " bytes from " + listener;
    }

    /**
     * What operators search for. Patient data: never logged.
     *
     * @param type MSH-9 as code^event
     * @param controlId MSH-10
     * @param sender MSH-3 and MSH-4
     * @param patientId PID-3.1, empty where the message has none
     */
    public record BusinessKeys(String type, String controlId, String sender, String patientId) {
        @Override
        public String toString() {
            return "business keys of a " + type;
        }
    }

    /**
     * What makes two messages the same to their sender (R57).
     *
     * @param identity 64-bit hash of MSH-3, MSH-4 and MSH-10
     * @param content 64-bit hash of the identity and all bytes; equality is confirmed on the bytes
     * @param window how long a repetition counts as a duplicate
     */
    public record DuplicateKey(long identity, long content, Duration window) {}
}
