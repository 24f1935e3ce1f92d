package org.khokahano.accept;

/**
 * What a listener received as one message.
 *
 * @param bytes the payload of the frame or the request's body, owned by the receiver from now on
 * @param remote the sender's address
 * @param receivedNanos monotonic time of its last byte
 */
public record Received(byte[] bytes, String remote, long receivedNanos) {

    @Override
    public String toString() {
        return bytes.length + " bytes from " + remote;
    }
}
