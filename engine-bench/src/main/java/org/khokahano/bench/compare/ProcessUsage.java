package org.khokahano.bench.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What the kernel says that a process has used so far (proc(5)); all -1 where there is no /proc.
 *
 * @param cpuMicros user and system time, in steps of 10 ms
 * @param residentKilobytes memory in use now, VmRSS
 * @param peakResidentKilobytes the most memory that was in use, VmHWM
 * @param threads its threads now
 * @param openFiles its file descriptors now
 */
record ProcessUsage(long cpuMicros, long residentKilobytes, long peakResidentKilobytes, long threads, long openFiles) {
    private static final long MICROS_PER_TICK = 10_000;
    /** Fields 14 and 15 of stat, counted from the one behind the command's closing bracket. */
    private static final int USER_TICKS = 11;

    private static final int SYSTEM_TICKS = 12;

    static ProcessUsage of(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
            String status = Files.readString(process.resolve("status"), StandardCharsets.ISO_8859_1);
            return new ProcessUsage(
                    ticks * MICROS_PER_TICK,
                    value(status, "VmRSS:"),
                    value(status, "VmHWM:"),
                    value(status, "Threads:"),
                    count(process.resolve("fd")));
        } catch (IOException e) {
            return new ProcessUsage(-1, -1, -1, -1, -1);
        }
    }

    /** CPU time since an earlier reading for each of so many messages, NaN if unknown. */
    double cpuMicrosPerMessage(ProcessUsage earlier, long messages) {
        return cpuMicros < 0 || earlier.cpuMicros < 0 || messages == 0
                ? Double.NaN
                : (double) (cpuMicros - earlier.cpuMicros) / messages;
    }

    private static long value(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(-1);
    }

    private static long count(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.count();
        }
    }
}
