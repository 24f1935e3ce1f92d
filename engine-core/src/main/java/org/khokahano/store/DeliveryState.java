package org.khokahano.store;

/**
 * Where a delivery stands. The codes are what the store's file holds: they never change their
 * meaning, and all lie between 2 and 127 so that SQLite stores each in one byte and a change of
 * state never changes the row's size.
 */
public enum DeliveryState {
    /** In its lane: waiting, being sent, or waiting for another try. */
    QUEUED(2),
    /** The partner acknowledged it. */
    DELIVERED(3),
    /** Given up, with a reason; an operator decides. */
    DEAD_LETTER(4),
    /** An operator or the answer table passed over it. */
    SKIPPED(5),
    /** Kept out of its lane until something is mended. */
    HELD(6),
    /** An operator sent it again as a new delivery. */
    RESENT(7),
    /** The partner has it in safe storage; its application acknowledgement is awaited (R21). */
    AWAITING(8);

    private final int code;

    DeliveryState(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** Whether retention may remove the message once every delivery of it is so. */
    public boolean isResolved() {
        return this == DELIVERED || this == SKIPPED || this == RESENT;
    }

    public static DeliveryState ofCode(int code) {
        for (DeliveryState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        throw new IllegalArgumentException("no delivery state has the code " + code);
    }
}
