package org.khokahano.store.fragment;

/**
 * A part of a message that comes in several (2.10.2).
 *
 * @param listener the listener's name
 * @param remote the sender's address
 * @param channel what all fragments of one message have in common, such as sender and type; only
 *     fragments that share it are ever joined
 * @param follows MSH-14: the pointer of the fragment before; empty for the first
 * @param pointer DSC-1: what the next fragment's MSH-14 says; empty for the last
 * @param controlId MSH-10, its bytes read as ISO 8859-1
 * @param bytes the fragment as received
 * @param receivedMillis wall time of receipt
 * @param ackForm how it is acknowledged, as a number that is given back with a repetition
 * @param limits what the store may keep of such fragments
 */
public record NewFragment(
        String listener,
        String remote,
        String channel,
        String follows,
        String pointer,
        String controlId,
        byte[] bytes,
        long receivedMillis,
        int ackForm,
        FragmentLimits limits) {

    public boolean isFirst() {
        return follows.isEmpty();
    }

    public boolean isLast() {
        return pointer.isEmpty();
    }

    @Override
    public String toString() {
        return "new fragment of " + bytes.length + " bytes from " + listener;
    }
}
