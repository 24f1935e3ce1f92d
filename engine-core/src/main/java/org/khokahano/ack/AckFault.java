package org.khokahano.ack;

/**
 * One reason for an acknowledgement that is not positive; becomes one ERR segment (R24).
 *
 * @param location where, as an HL7 ERL value such as {@code MSH^1^11}; empty for the whole message
 * @param code condition code of HL7 table 0357, such as 207
 * @param text that code's text in the table
 * @param explanation a sentence for the sender's staff; names places and codes, never a value (R25)
 */
public record AckFault(String location, int code, String text, String explanation) {

    /** Message accepted; used for warnings. */
    public static final int ACCEPTED = 0;

    public static AckFault unsupportedType(String explanation) {
        return new AckFault("MSH^1^9", 200, "Unsupported message type", explanation);
    }

    public static AckFault unsupportedEvent(String explanation) {
        return new AckFault("MSH^1^9", 201, "Unsupported event code", explanation);
    }

    public static AckFault unsupportedProcessingId(String explanation) {
        return new AckFault("MSH^1^11", 202, "Unsupported processing id", explanation);
    }

    public static AckFault unsupportedVersion(String explanation) {
        return new AckFault("MSH^1^12", 203, "Unsupported version id", explanation);
    }

    public static AckFault requiredFieldMissing(String location, String explanation) {
        return new AckFault(location, 101, "Required field missing", explanation);
    }

    public static AckFault applicationError(String explanation) {
        return new AckFault("", 207, "Application error", explanation);
    }
}
