package org.khokahano.file;

import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.khokahano.accept.Intake;
import org.khokahano.accept.Received;
import org.khokahano.accept.Reply;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;

/** Hands messages over one at a time, and waits until each is durable or refused. */
final class Handover {

    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final long LOOK_EVERY_MILLIS = 100;

    private final Intake intake;
    private final SerialExecutor executor;
    private final EngineClock clock;
    private final int maxMessageBytes;
    private final BooleanSupplier stopping;

    Handover(Intake intake, SerialExecutor executor, EngineClock clock, int maxMessageBytes, BooleanSupplier stopping) {
        this.intake = intake;
        this.executor = executor;
        this.clock = clock;
        this.maxMessageBytes = maxMessageBytes;
        this.stopping = stopping;
    }

    /**
     * How handing over a message ended; {@code records} are those of a whole file by their numbers, each with
     * why it was refused, or nothing.
     */
    sealed interface Result {
        /** It is durable, now or since before. */
        record Taken(SortedMap<Integer, String> records) implements Result {}

        /** It will never be taken as it is. */
        record Refused(String reason, SortedMap<Integer, String> records) implements Result {}

        /** The engine stops; nothing is known to have happened. */
        record Stopped() implements Result {}
    }

    /**
     * Tries until the message is taken or refused, or the engine stops.
     *
     * @param waiting told whether it is being tried again, for a store that takes nothing
     */
    Result give(FileMessage message, String remote, Consumer<Boolean> waiting) throws InterruptedException {
        Duration wait = FIRST_WAIT;
        while (!stopping.getAsBoolean()) {
            if (!awaitRelief()) {
                return new Result.Stopped();
            }
            Answer answer = offer(message, remote);
            if (answer.refusal() == null) {
                waiting.accept(false);
                return new Result.Taken(answer.records());
            }
            if (answer.refusal() != Reply.Refusal.STORAGE) {
                waiting.accept(false);
                return new Result.Refused(reason(answer), answer.records());
            }
            waiting.accept(true);
            pause(wait);
            wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
        }
        return new Result.Stopped();
    }

    /** Sleeps so long, or until the engine stops. */
    void pause(Duration time) throws InterruptedException {
        long deadline = clock.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0 && !stopping.getAsBoolean(); left = deadline - clock.nanoTime()) {
            TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS)));
        }
    }

    private boolean awaitRelief() throws InterruptedException {
        while (intake.isSaturated()) {
            CountDownLatch relieved = new CountDownLatch(1);
            intake.whenRelieved(executor, relieved::countDown);
            while (!relieved.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                if (stopping.getAsBoolean()) {
                    return false;
                }
            }
        }
        return true;
    }

    private Answer offer(FileMessage message, String remote) throws InterruptedException {
        FileReply reply = new FileReply(executor);
        executor.execute(() -> {
            Received received = new Received(message.bytes(), remote, clock.nanoTime());
            try {
                if (message.tooLong()) {
                    intake.tooLong(received, maxMessageBytes, reply);
                } else {
                    intake.receive(received, reply);
                }
            } catch (RuntimeException e) {
                reply.answer.completeExceptionally(e);
            }
        });
        try {
            return reply.answer.get();
        } catch (ExecutionException e) {
            // The intake answers its own faults; what still gets here is told by the store's health.
            return new Answer(Reply.Refusal.STORAGE, null, new TreeMap<>());
        }
    }

    private record Answer(
            Reply.@Nullable Refusal refusal, byte @Nullable [] acknowledgement, SortedMap<Integer, String> records) {}

    private static final class FileReply implements Reply {
        private final SerialExecutor executor;
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();
        // Used on the executor alone, until the answer is there.
        private final SortedMap<Integer, String> records = new TreeMap<>();

        FileReply(SerialExecutor executor) {
            this.executor = executor;
        }

        @Override
        public SerialExecutor executor() {
            return executor;
        }

        @Override
        public void record(int number, String problem) {
            records.put(number, problem);
        }

        @Override
        public void send(byte @Nullable [] acknowledgement) {
            answer.complete(new Answer(null, acknowledgement, records));
        }

        @Override
        public void refuse(Refusal refusal, byte @Nullable [] acknowledgement) {
            answer.complete(new Answer(refusal, acknowledgement, records));
        }
    }

    /** The acknowledgement has the sentence that a sender over a network would get (R25). */
    private static String reason(Answer answer) {
        String told = "";
        if (answer.acknowledgement() != null && answer.records().isEmpty()) {
            try {
                Message acknowledgement = Message.read(answer.acknowledgement());
                told = acknowledgement.get("ERR-8");
                told = told.isEmpty() ? acknowledgement.get("MSA-3") : told;
            } catch (UnreadableMessageException e) {
                told = "";
            }
        }
        if (!told.isEmpty() || answer.refusal() == null) {
            return told;
        }
        return switch (answer.refusal()) {
            case UNREADABLE -> "it is no message";
            case UNACCEPTABLE -> "this listener does not take such messages";
            case TOO_LONG -> "it is longer than this listener takes";
            case FAULT -> "the engine failed on it";
            case STORAGE -> "it could not be stored";
            case NO_ANSWER -> "nobody answered it";
        };
    }
}
