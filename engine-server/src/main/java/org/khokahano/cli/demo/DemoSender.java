package org.khokahano.cli.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.khokahano.cli.terminal.CommandFailure;

/** A facility that sends, one message after the other, for as long as the demo runs. */
final class DemoSender implements AutoCloseable {
    static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long AGAIN_AFTER_MILLIS = 500;

    private final DemoLine.Opening line;
    private final Supplier<byte[]> messages;
    private final long pauseMillis;
    private final Thread thread;

    DemoSender(String name, DemoLine.Opening line, Supplier<byte[]> messages, Duration pause) {
        this.line = line;
        this.messages = messages;
        this.pauseMillis = pause.toMillis();
        this.thread = new Thread(this::run, "demo-" + name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        byte @Nullable [] unanswered = null;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try (DemoLine open = line.open()) {
                    while (!Thread.currentThread().isInterrupted()) {
                        // What was not answered is sent again, as a hospital would.
                        unanswered = unanswered == null ? messages.get() : unanswered;
                        open.exchange(unanswered);
                        unanswered = null;
                        TimeUnit.MILLISECONDS.sleep(pauseMillis);
                    }
                } catch (IOException | CommandFailure e) {
                    TimeUnit.MILLISECONDS.sleep(AGAIN_AFTER_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends nothing more. Waits for the answer under way. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
