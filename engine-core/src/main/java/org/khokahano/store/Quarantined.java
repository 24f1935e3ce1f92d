package org.khokahano.store;

import org.jspecify.annotations.Nullable;

/**
 * Input that did not become a message, kept with its raw bytes and the reason.
 *
 * @param listener the listener's name
 * @param remote the sender's address
 * @param bytes what was received
 * @param reason a code such as {@code noMsh}, {@code frameTimeout} or {@code rejected}
 * @param detail where and what is wrong, without message content
 * @param receivedMillis wall time of receipt
 * @param acknowledgement what its sender is told in an exchange of its own, stored in the same commit; null for nothing
 */
public record Quarantined(
        String listener,
        String remote,
        byte[] bytes,
        String reason,
        String detail,
        long receivedMillis,
        @Nullable NewMessage acknowledgement) {

    /** Input whose sender is told on its own connection, or nothing. */
    public Quarantined(
            String listener, String remote, byte[] bytes, String reason, String detail, long receivedMillis) {
        this(listener, remote, bytes, reason, detail, receivedMillis, null);
    }

    @Override
    public String toString() {
        return "quarantined " + bytes.length + " bytes from " + listener + ": " + reason;
    }
}
