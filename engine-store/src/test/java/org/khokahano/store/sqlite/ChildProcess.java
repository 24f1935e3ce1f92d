package org.khokahano.store.sqlite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A child JVM with {@link ChildWorkload}, and what it said before it ended. */
final class ChildProcess implements AutoCloseable {

    /** What the child was told about one message, and when this process heard of it. */
    record Stored(int number, long id, long heardNanos) {}

    private final Process process;
    private final Thread reader;
    final List<Stored> stored = new CopyOnWriteArrayList<>();
    final List<Long> refusedNanos = new CopyOnWriteArrayList<>();
    final ConcurrentSkipListSet<Long> marked = new ConcurrentSkipListSet<>();
    volatile @Nullable Long failedNanos;

    private ChildProcess(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "child-reader");
        reader.start();
    }

    static ChildProcess start(Path directory, int first, String step, int passes, int seconds, Map<String, String> more)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ChildWorkload.class.getName(),
                directory.toString(),
                Integer.toString(first),
                step,
                Integer.toString(passes),
                Integer.toString(seconds));
        builder.environment().putAll(more);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        return new ChildProcess(builder.start());
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take(line.split(" "));
            }
        } catch (IOException e) {
            // The child is gone; what it said whole is what counts.
            return;
        }
    }

    private void take(String[] words) {
        switch (words[0]) {
            case "S" -> {
                // A line cut short by the kill has no whole number; it was not heard.
                if (words.length == 3) {
                    stored.add(new Stored(Integer.parseInt(words[1]), Long.parseLong(words[2]), System.nanoTime()));
                }
            }
            case "R" -> refusedNanos.add(System.nanoTime());
            case "M" -> marked.add(Long.parseLong(words[1]));
            case "F" -> failedNanos = System.nanoTime();
            default -> throw new IllegalStateException("the child said " + words[0]);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd(10);
    }

    void awaitEnd(int seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the child did not end by itself within " + seconds + " s");
        }
        reader.join(TimeUnit.SECONDS.toMillis(10));
    }

    /** Numbers by the id that the store gave them. */
    Map<Long, Integer> numbersById() {
        Map<Long, Integer> numbers = new TreeMap<>();
        stored.forEach(one -> numbers.put(one.id(), one.number()));
        return numbers;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
