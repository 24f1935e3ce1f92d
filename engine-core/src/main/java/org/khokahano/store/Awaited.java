package org.khokahano.store;

/**
 * The application acknowledgement that a delivery waits for (R21).
 *
 * @param controlId MSH-10 of what was sent, which MSA-2 is to name
 * @param peer MSH-5 and MSH-6 of it, with a bar between: who is to acknowledge it
 */
public record Awaited(String controlId, String peer) {
    @Override
    public String toString() {
        return "an awaited application acknowledgement";
    }
}
