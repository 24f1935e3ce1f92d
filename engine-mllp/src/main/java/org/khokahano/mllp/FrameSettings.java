package org.khokahano.mllp;

import java.time.Duration;

/**
 * What a listener takes for a frame.
 *
 * @param maxBytes the longest payload (R6)
 * @param timeout how long a frame may take from its first byte to its last (R5)
 * @param strict whether violations of the framing close the connection (R2, R3)
 * @param release2 whether the peers speak MLLP release 2: each content is committed by its receiver
 *     before the next one (R46)
 * @param utf16 whether a payload may be UTF-16, in which the bytes of a frame's ends occur (R51)
 */
public record FrameSettings(int maxBytes, Duration timeout, boolean strict, boolean release2, boolean utf16) {

    /** By MLLP release 1. */
    public FrameSettings(int maxBytes, Duration timeout, boolean strict) {
        this(maxBytes, timeout, strict, false, false);
    }

    public static FrameSettings defaults() {
        return new FrameSettings(16 << 20, Duration.ofSeconds(30), false);
    }

    public FrameSettings {
        if (maxBytes < 1 || timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(
                    "frames need maxBytes >= 1 and a timeout, but have " + maxBytes + " and " + timeout);
        }
    }
}
