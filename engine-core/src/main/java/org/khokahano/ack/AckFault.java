package org.khokahano.ack;

/**
 * One reason for an acknowledgement that is not positive; becomes one ERR segment (R24).
 *
 * @param location where, as an HL7 ERL value such as {@code MSH^1^11}; empty for the whole message
 * @param condition the condition of HL7 table 0357
 * @param reason the engine's own code for it, such as {@code unsupportedVersion}
 * @param explanation a sentence for the sender's staff; names places and codes, never a value (R25)
 * @param severity ERR-4, of HL7 table 0516
 */
public record AckFault(String location, ErrorCondition condition, String reason, String explanation, String severity) {

    /** An error. */
    public AckFault(String location, ErrorCondition condition, String reason, String explanation) {
        this(location, condition, reason, explanation, "E");
    }
}
