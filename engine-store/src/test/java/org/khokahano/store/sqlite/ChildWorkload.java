package org.khokahano.store.sqlite;

import static org.khokahano.store.contract.Letters.message;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.khokahano.event.EngineEvents;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;
import org.khokahano.store.AppendResult;
import org.khokahano.store.AppendResult.Outcome;
import org.khokahano.store.Completion;
import org.khokahano.store.DeliveryQueue;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.Mark;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.QueuedDelivery;
import org.khokahano.store.contract.Letters;
import org.khokahano.store.contract.TestLoop;

/**
 * What a child process does until it is killed: appends without pause, marks every other delivery, and
 * says on its standard output what it was told, one line each:
 *
 * <pre>
 * S number id   stored
 * R number      refused
 * M delivery    a mark was given to the store
 * F             the store says that it has failed
 * </pre>
 *
 * Arguments: directory, first number, step to halt at or {@code none}, how often that step passes,
 * seconds to live.
 */
final class ChildWorkload {

    private static final int OUTSTANDING = 64;

    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.US_ASCII);
    private final TestLoop loop = new TestLoop();
    private final Semaphore outstanding = new Semaphore(OUTSTANDING);
    private final SqliteMessageStore store;

    private ChildWorkload(Path directory, StepListener steps) {
        EngineEvents events = new EngineEvents() {
            @Override
            public void storeFailed(String reason) {
                loop.execute(() -> say("F"));
            }
        };
        CommitLimits limits = new CommitLimits(50, 8L << 20, 32L << 20, 64L << 20);
        store = SqliteMessageStore.open(
                new SqliteStoreSettings(directory, limits, Duration.ofHours(24), 10_000), events, steps);
    }

    public static void main(String[] arguments) throws InterruptedException {
        String step = arguments[2];
        AtomicInteger passes = new AtomicInteger(Integer.parseInt(arguments[3]));
        StepListener steps = reached -> {
            if (reached.name().equals(step) && passes.getAndDecrement() == 0) {
                Runtime.getRuntime().halt(9);
            }
        };
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[4]));
        new ChildWorkload(Path.of(arguments[0]), steps)
                .run(Integer.parseInt(arguments[1]), () -> System.nanoTime() - end < 0);
        Runtime.getRuntime().halt(0);
    }

    private void run(int first, BooleanSupplier goOn) throws InterruptedException {
        Queue queue = new Queue();
        store.deliverTo((destination, keyHash) -> queue);
        for (int number = first; goOn.getAsBoolean(); number++) {
            if (!outstanding.tryAcquire(5, TimeUnit.SECONDS)) {
                say("X");
                return;
            }
            String text = number + "|" + "x".repeat(3_000);
            store.append(message("" + number, text, NewDelivery.asReceived("lis", 0)), new Told(number));
        }
        store.close();
    }

    private void say(String line) {
        out.print(line + "\n");
        out.flush();
    }

    /** Says how an append ended. */
    private final class Told implements Completion {
        private final int number;

        Told(int number) {
            this.number = number;
        }

        @Override
        public SerialExecutor executor() {
            return loop;
        }

        @Override
        public void completed(AppendResult result) {
            say(result.outcome() == Outcome.REFUSED ? "R " + number : "S " + number + " " + result.messageId());
            // A refusal costs nothing; slow down as a sender would.
            if (result.outcome() == Outcome.REFUSED) {
                loop.schedule(outstanding::release, Duration.ofMillis(20));
            } else {
                outstanding.release();
            }
        }
    }

    /** A partner that takes every other delivery. */
    private final class Queue implements DeliveryQueue {
        private final SendOutcome taken = new SendOutcome(OutcomeKind.AA, new byte[0], "", false);

        @Override
        public SerialExecutor executor() {
            return loop;
        }

        @Override
        public void committed(QueuedDelivery delivery) {
            if (delivery.id() % 2 == 0) {
                store.mark(new Mark(delivery.id(), DeliveryState.DELIVERED, 1, Letters.NOON, 1, taken, "", false));
                say("M " + delivery.id());
            }
        }
    }
}
