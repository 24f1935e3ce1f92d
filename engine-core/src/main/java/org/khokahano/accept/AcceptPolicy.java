package org.khokahano.accept;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.khokahano.ack.AcknowledgementMode;

/**
 * What a listener accepts and how it answers.
 *
 * @param listener the listener's name
 * @param facility the facility that it serves, empty where none is set
 * @param duplicates how long a repetition counts as a duplicate (R57); zero switches that off
 * @param processingIds acceptable values of MSH-11.1; an empty value in a message is acceptable
 * @param versions acceptable values of MSH-12.1; an empty value in a message is acceptable
 * @param types acceptable types, as {@code ADT} or {@code ADT^A01}; empty for all
 * @param mode how the acknowledgement mode is chosen
 * @param oneSided the mode where only one of MSH-15 and MSH-16 is valued (R23)
 * @param applicationAck whether an application acknowledgement follows the accept acknowledgement
 * @param onNoRoute what to do with a message that no route takes
 * @param laterAck where application acknowledgements go in an exchange of their own; null for nowhere
 * @param sequence how messages are taken by their sequence numbers; null where they are not looked at
 */
public record AcceptPolicy(
        String listener,
        String facility,
        Duration duplicates,
        Set<String> processingIds,
        Set<String> versions,
        Set<String> types,
        AcknowledgementMode.Policy mode,
        AcknowledgementMode oneSided,
        ApplicationAck applicationAck,
        NoRoute onNoRoute,
        @Nullable LaterAck laterAck,
        @Nullable SequencePolicy sequence) {

    public AcceptPolicy {
        processingIds = Set.copyOf(processingIds);
        versions = Set.copyOf(versions);
        types = Set.copyOf(types);
    }

    /** Without sequence numbers and later acknowledgements. */
    public AcceptPolicy(
            String listener,
            String facility,
            Duration duplicates,
            Set<String> processingIds,
            Set<String> versions,
            Set<String> types,
            AcknowledgementMode.Policy mode,
            AcknowledgementMode oneSided,
            ApplicationAck applicationAck,
            NoRoute onNoRoute) {
        this(
                listener,
                facility,
                duplicates,
                processingIds,
                versions,
                types,
                mode,
                oneSided,
                applicationAck,
                onNoRoute,
                null,
                null);
    }

    /**
     * Application acknowledgements in an exchange of their own (R21).
     *
     * @param destination the destination that leads back to the sender
     * @param acceptAck their MSH-15: AL where that destination waits for an answer, else NE
     */
    public record LaterAck(String destination, String acceptAck) {}

    /** MSH-11.1 of HL7 table 0103. */
    public static final Set<String> ALL_PROCESSING_IDS = Set.of("P", "T", "D");

    /** MSH-12.1 of HL7 table 0104. */
    public static final Set<String> ALL_VERSIONS = Set.of(
            "2.0", "2.0D", "2.1", "2.2", "2.3", "2.3.1", "2.3.2", "2.4", "2.5", "2.5.1", "2.6", "2.6.1", "2.7", "2.7.1",
            "2.8", "2.8.1", "2.8.2", "2.9", "2.9.1");

    /** Whether an accept acknowledgement is followed by an application acknowledgement (R21, R22). */
    public enum ApplicationAck {
        /** The accept acknowledgement is all. */
        NONE,
        /** On the same connection right after it, where MSH-16 asks for one. */
        SAME_CONNECTION
    }

    /** What becomes of a message that no route takes; it is stored and counted in each case. */
    public enum NoRoute {
        ACCEPT,
        REJECT,
        /** It is acknowledged, and held until an operator decides. */
        HOLD
    }

    public static AcceptPolicy defaults(String listener) {
        return new AcceptPolicy(
                listener,
                "",
                Duration.ofHours(24),
                ALL_PROCESSING_IDS,
                ALL_VERSIONS,
                Set.of(),
                AcknowledgementMode.Policy.AUTO,
                AcknowledgementMode.ORIGINAL,
                ApplicationAck.NONE,
                NoRoute.ACCEPT);
    }
}
