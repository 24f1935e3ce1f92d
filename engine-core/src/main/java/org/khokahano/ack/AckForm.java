package org.khokahano.ack;

/**
 * How a message was acknowledged, as far as the listener's configuration decided it. The store keeps
 * it, so that a duplicate gets the same bytes again even where the configuration has changed (R57).
 *
 * @param enhanced an accept acknowledgement (2.8.3); otherwise the one of original mode (2.8.2)
 * @param application an application acknowledgement followed on the same connection (R22)
 * @param sequenced MSA-4 echoes the message's sequence number (R34)
 */
public record AckForm(boolean enhanced, boolean application, boolean sequenced) {

    private static final int ENHANCED = 1;
    private static final int APPLICATION = 2;
    private static final int SEQUENCED = 4;

    /** The number that the store keeps; its meaning never changes. */
    public int code() {
        return (enhanced ? ENHANCED : 0) | (application ? APPLICATION : 0) | (sequenced ? SEQUENCED : 0);
    }

    public static AckForm ofCode(int code) {
        return new AckForm((code & ENHANCED) != 0, (code & APPLICATION) != 0, (code & SEQUENCED) != 0);
    }
}
