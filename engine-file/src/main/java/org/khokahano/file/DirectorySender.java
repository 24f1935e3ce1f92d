package org.khokahano.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.send.BatchNumbers;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;
import org.khokahano.send.Sender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lane's way into a directory: a file for each delivery, written on a thread of its own under a
 * hidden name and seen under its own only when it is whole and durable. A delivery that is made again
 * has the same name, so that it leaves no second file beside one that was not fetched yet.
 */
public final class DirectorySender implements Sender {

    private static final Logger LOG = LoggerFactory.getLogger(DirectorySender.class);
    private static final Duration IDLE_THREAD = Duration.ofSeconds(30);

    private final DirectorySenderSettings settings;
    private final SerialExecutor executor;
    private final ThreadPoolExecutor writer;
    private final AtomicBoolean writing = new AtomicBoolean();
    private @Nullable Write outstanding;

    /** @param executor the lane's */
    public DirectorySender(String destination, DirectorySenderSettings settings, SerialExecutor executor) {
        this.settings = settings;
        this.executor = executor;
        this.writer = new ThreadPoolExecutor(
                1, 1, IDLE_THREAD.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "files-" + destination);
                    thread.setDaemon(true);
                    return thread;
                });
        writer.allowCoreThreadTimeOut(true);
    }

    private record Write(Consumer<SendOutcome> outcome) {}

    /** A file needs the delivery's number for its name. */
    @Override
    public void send(byte[] payload, Consumer<SendOutcome> outcome) {
        throw new UnsupportedOperationException("a file's name needs the delivery's number");
    }

    @Override
    public void send(long messageId, long deliveryId, byte[] payload, Consumer<SendOutcome> outcome) {
        send(() -> settings.name().of(messageId, deliveryId, payload), payload, outcome);
    }

    /** The name says which deliveries are in it, since another batch may begin with the same one. */
    @Override
    public void send(BatchNumbers batch, byte[] payload, Consumer<SendOutcome> outcome) {
        send(() -> settings.name().of(batch), payload, outcome);
    }

    private void send(Supplier<String> name, byte[] payload, Consumer<SendOutcome> outcome) {
        if (!writing.compareAndSet(false, true)) {
            outcome.accept(SendOutcome.refused("the directory has not ended an earlier write"));
            return;
        }
        Write write = new Write(outcome);
        outstanding = write;
        SerialExecutor.Scheduled timeout = executor.schedule(
                () -> end(write, SendOutcome.timeout("the file was not written within " + settings.timeout())),
                settings.timeout());
        writer.execute(() -> {
            SendOutcome result = write(name, payload);
            writing.set(false);
            try {
                executor.execute(() -> {
                    timeout.cancel();
                    end(write, result);
                });
            } catch (RejectedExecutionException e) {
                LOG.debug("a file was written while the engine stopped");
            }
        });
    }

    private void end(Write write, SendOutcome result) {
        if (outstanding == write) {
            outstanding = null;
            write.outcome().accept(result);
        }
    }

    private SendOutcome write(Supplier<String> naming, byte[] payload) {
        String name = naming.get();
        Path file = settings.path().resolve(name);
        try {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                if (!holds(file, payload)) {
                    return SendOutcome.refused("a file of that name is there with another content; move it away");
                }
            } else {
                DurableFiles.write(file, settings.path().resolve('.' + name + ".part"), payload);
            }
        } catch (IOException e) {
            return SendOutcome.refused("the file cannot be written: " + DurableFiles.problem(e));
        } catch (RuntimeException e) {
            return SendOutcome.refused(
                    "the file cannot be written: " + e.getClass().getSimpleName());
        }
        try {
            DurableFiles.sync(settings.path());
        } catch (IOException e) {
            return SendOutcome.reset("the directory cannot be made durable: " + DurableFiles.problem(e));
        }
        return SendOutcome.withoutAnswer(OutcomeKind.AA, "written", false);
    }

    private static boolean holds(Path file, byte[] payload) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.size(file) == payload.length
                && Arrays.equals(Files.readAllBytes(file), payload);
    }

    /** What is being written ends as reset; it may still become a file. */
    @Override
    public void close() {
        Write write = outstanding;
        if (write != null) {
            end(write, SendOutcome.reset("the file was still being written"));
        }
    }
}
