package org.khokahano.ack;

import org.khokahano.message.Header;

/** Which acknowledgement a message asks for (2.8): MSH-15 and MSH-16 decide, or the listener. */
public enum AcknowledgementMode {
    /** 2.8.2: one application acknowledgement, always sent. */
    ORIGINAL,
    /** 2.8.3: an accept acknowledgement as MSH-15 asks. */
    ENHANCED;

    /** How a listener chooses the mode. */
    public enum Policy {
        /** As the message says. */
        AUTO,
        /** Original, whatever the message says. */
        ORIGINAL,
        /** Enhanced, whatever the message says. */
        ENHANCED
    }

    /**
     * The mode of a message.
     *
     * @param policy the listener's choice
     * @param oneSided the mode where only one of MSH-15 and MSH-16 is valued (R23)
     */
    public static AcknowledgementMode of(Header header, Policy policy, AcknowledgementMode oneSided) {
        return switch (policy) {
            case ORIGINAL -> ORIGINAL;
            case ENHANCED -> ENHANCED;
            case AUTO -> {
                boolean accept = isValued(header.acceptAckType());
                boolean application = isValued(header.applicationAckType());
                yield accept == application ? (accept ? ENHANCED : ORIGINAL) : oneSided;
            }
        };
    }

    /** Whether exactly one of MSH-15 and MSH-16 is valued, which the standard does not foresee. */
    public static boolean isOneSided(Header header) {
        return isValued(header.acceptAckType()) != isValued(header.applicationAckType());
    }

    /** HL7's null says that nothing is asked for, like an empty field (2.5.3). */
    private static boolean isValued(String ackType) {
        return !ackType.isEmpty() && !ackType.equals("\"\"");
    }

    /**
     * Whether MSH-15 wants this accept acknowledgement, by table 0155 (R19). Where it says nothing that
     * the table knows, the acknowledgement is sent: a sender that waits in vain sends again for ever.
     */
    public static boolean isWanted(String acceptAckType, AckCode code) {
        return switch (acceptAckType) {
            case "NE" -> false;
            case "ER" -> !code.isPositive();
            case "SU" -> code.isPositive();
            default -> true;
        };
    }

    /** Whether MSH-16 wants a negative application acknowledgement (R21, R22); unasked, none is sent. */
    public static boolean wantsApplicationError(Header header) {
        return switch (header.applicationAckType()) {
            case "AL", "ER" -> true;
            default -> false;
        };
    }

    /** Whether MSH-16 wants a positive application acknowledgement (R21, R22); unasked, none is sent. */
    public static boolean wantsApplicationAccept(Header header) {
        return switch (header.applicationAckType()) {
            case "AL", "SU" -> true;
            default -> false;
        };
    }
}
