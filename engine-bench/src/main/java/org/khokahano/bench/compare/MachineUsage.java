package org.khokahano.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What the whole machine has used so far (proc(5), the first line of /proc/stat); -1 where there is
 * none. Shows whether anything else ran beside a measurement.
 *
 * @param busyMicros time of all cores that was neither idle nor waiting, stolen time included
 * @param nanoTime when it was read
 */
record MachineUsage(long busyMicros, long nanoTime) {
    private static final long MICROS_PER_TICK = 10_000;
    /** user, nice, system, idle, iowait, irq, softirq, steal; guest time is within user. */
    private static final int KINDS = 8;

    private static final int IDLE = 3;
    private static final int WAITING_FOR_DISK = 4;

    static MachineUsage now() {
        try {
            String[] fields = Files.readAllLines(Path.of("/proc/stat")).get(0).split(" +");
            long[] ticks = Arrays.stream(fields, 1, KINDS + 1)
                    .mapToLong(Long::parseLong)
                    .toArray();
            long busy = Arrays.stream(ticks).sum() - ticks[IDLE] - ticks[WAITING_FOR_DISK];
            return new MachineUsage(busy * MICROS_PER_TICK, System.nanoTime());
        } catch (IOException e) {
            return new MachineUsage(-1, System.nanoTime());
        }
    }

    /** The share of all cores, in per cent, that neither of our two processes used; NaN if unknown. */
    double othersPercent(MachineUsage earlier, long ownMicros) {
        double availableMicros =
                (nanoTime - earlier.nanoTime) / 1e3 * Runtime.getRuntime().availableProcessors();
        return busyMicros < 0 || availableMicros <= 0
                ? Double.NaN
                : Math.max(0, 100.0 * (busyMicros - earlier.busyMicros - ownMicros) / availableMicros);
    }
}
