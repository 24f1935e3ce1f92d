package org.khokahano.mllp;

/**
 * The commit acknowledgements of MLLP release 2 (R46): a frame whose whole content is one control
 * character, which no HL7 content can be.
 */
final class CommitFrames {
    private static final byte ACK = 0x06;
    private static final byte NAK = 0x15;

    private CommitFrames() {}

    /** What says that the content is in safe storage, or that it is not. */
    static byte[] content(boolean positive) {
        return new byte[] {positive ? ACK : NAK};
    }

    /** Whether a frame is a commit acknowledgement, of either kind. */
    static boolean isOne(byte[] payload) {
        return payload.length == 1 && (payload[0] == ACK || payload[0] == NAK);
    }

    /** Whether a commit acknowledgement is positive. */
    static boolean isPositive(byte[] payload) {
        return payload[0] == ACK;
    }
}
