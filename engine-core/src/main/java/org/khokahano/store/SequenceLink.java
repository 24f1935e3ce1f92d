package org.khokahano.store;

import java.util.Locale;

/**
 * A stream of numbered messages between two applications (2.10.1).
 *
 * @param side who numbers the messages
 * @param name the listener's or destination's name
 * @param peer who sends to the listener, as MSH-3 and MSH-4 with a bar between; empty where all who send
 *     there share one stream, and for destinations
 */
public record SequenceLink(Side side, String name, String peer) {

    /** Who numbers the messages of a stream; the codes are what the store's file holds. */
    public enum Side {
        /** A partner, and a listener receives them. */
        LISTENER(2),
        /** This engine, for a destination. */
        DESTINATION(3);

        private final int code;

        Side(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }

        public static Side ofCode(int code) {
            for (Side side : values()) {
                if (side.code == code) {
                    return side;
                }
            }
            throw new IllegalArgumentException("no side of a link has the code " + code);
        }
    }

    public static SequenceLink ofListener(String listener, String peer) {
        return new SequenceLink(Side.LISTENER, listener, peer);
    }

    public static SequenceLink ofDestination(String destination) {
        return new SequenceLink(Side.DESTINATION, destination, "");
    }

    @Override
    public String toString() {
        return side.name().toLowerCase(Locale.ROOT) + " " + name;
    }
}
