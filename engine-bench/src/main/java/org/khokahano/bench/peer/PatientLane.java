package org.khokahano.bench.peer;

/** Chooses a lane by PID-3.1, so that a patient's messages stay in order. */
final class PatientLane {
    private static final int SEPARATORS_BEFORE_PID_3 = 3;

    private PatientLane() {}

    /** The lane of an ER7 message's first PID-3.1, 0 if it has none. */
    static int of(byte[] message, int lanes) {
        int at = segment(message);
        for (int separators = 0; at < message.length && separators < SEPARATORS_BEFORE_PID_3; at++) {
            if (message[at] == '|') {
                separators++;
            } else if (message[at] == '\r') {
                return 0;
            }
        }
        int hash = 0;
        while (at < message.length && "^~&|\r".indexOf(message[at]) < 0) {
            hash = 31 * hash + message[at++];
        }
        return Math.floorMod(hash, lanes);
    }

    private static int segment(byte[] message) {
        for (int at = 0; at + 4 < message.length; at++) {
            if (message[at] == '\r'
                    && message[at + 1] == 'P'
                    && message[at + 2] == 'I'
                    && message[at + 3] == 'D'
                    && message[at + 4] == '|') {
                return at + 1;
            }
        }
        return message.length;
    }
}
