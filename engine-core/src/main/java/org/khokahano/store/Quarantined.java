package org.khokahano.store;

/**
 * Input that did not become a message, kept with its raw bytes and the reason.
 *
 * @param listener the listener's name
 * @param remote the sender's address
 * @param bytes what was received
 * @param reason a code such as {@code noMsh}, {@code frameTimeout} or {@code rejected}
 * @param detail where and what is wrong, without message content
 * @param receivedMillis wall time of receipt
 */
public record Quarantined(
        String listener, String remote, byte[] bytes, String reason, String detail, long receivedMillis) {

    @Override
    public String toString() {
        return "quarantined " + bytes.length + " bytes from " + listener + ": " + reason;
    }
}
