package org.khokahano.lane;

/**
 * How much of its queue a lane keeps in memory; the rest stays in the store.
 *
 * @param window how many deliveries may be outstanding at the partner (R31)
 * @param deliveries how many deliveries are kept
 * @param bytes how many bytes of payload are kept; the delivery that crosses the bound still is
 */
public record LaneLimits(int window, int deliveries, long bytes) {

    public static LaneLimits defaults() {
        return new LaneLimits(1, 256, 4L << 20);
    }

    public LaneLimits {
        if (window < 1 || deliveries < window || bytes < 1) {
            throw new IllegalArgumentException("a lane needs window >= 1, deliveries >= window and"
                    + " bytes >= 1, but has " + window + ", " + deliveries + " and " + bytes);
        }
    }
}
