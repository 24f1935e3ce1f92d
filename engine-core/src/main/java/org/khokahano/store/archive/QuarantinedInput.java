package org.khokahano.store.archive;

import org.jspecify.annotations.Nullable;

/**
 * Input that did not become a message.
 *
 * @param id its id
 * @param atMillis wall time of receipt
 * @param listener the listener's name
 * @param remote the sender's address
 * @param reason a code such as {@code NO_MSH} or {@code rejected207}
 * @param detail where and what is wrong, without message content
 * @param size how many bytes there are; 0 where retention has removed them
 * @param bytes what was received; null in a list
 */
public record QuarantinedInput(
        long id,
        long atMillis,
        String listener,
        String remote,
        String reason,
        String detail,
        int size,
        byte @Nullable [] bytes) {

    @Override
    public String toString() {
        return "quarantined input " + id + ": " + reason;
    }
}
