package org.khokahano.accept;

/**
 * What a listener received as one message.
 *
 * @param bytes the payload of the frame or the request's body, owned by the receiver from now on
 * @param remote the sender's address
 * @param receivedNanos monotonic time of its last byte
 * @param batch id of the batch that it came in (2.10.3), empty where it came by itself
 * @param chain number of the fragments that it was put together from (2.10.2), 0 where it came whole
 */
public record Received(byte[] bytes, String remote, long receivedNanos, String batch, long chain) {

    /** What came whole. */
    public Received(byte[] bytes, String remote, long receivedNanos, String batch) {
        this(bytes, remote, receivedNanos, batch, 0);
    }

    /** What came by itself. */
    public Received(byte[] bytes, String remote, long receivedNanos) {
        this(bytes, remote, receivedNanos, "");
    }

    /** The same with what stands in the place of its bytes. */
    public Received holding(byte[] other) {
        return new Received(other, remote, receivedNanos, batch, chain);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes from " + remote;
    }
}
