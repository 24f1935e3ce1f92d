package org.khokahano.answer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.khokahano.event.EngineEvents;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.send.ApplicationAnswers;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;
import org.khokahano.store.ApplicationAnswer;
import org.khokahano.store.Awaited;
import org.khokahano.store.AwaitedEnd;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.MessageStore;

/**
 * The application acknowledgements that deliveries wait for. What waits is in the store, so that a restart
 * loses none of it; this pairs what comes with it, and gives up what waits too long.
 *
 * <p>The time that one may take is measured on the monotonic clock, from when this engine first saw it
 * wait: a restart gives it the whole time again, and a clock that jumps gives up nothing (P7).
 */
public final class ApplicationAcks implements ApplicationAnswers {

    private static final MessagePath CODE = MessagePath.parse("MSA-1");
    private static final MessagePath CONTROL_ID = MessagePath.parse("MSA-2");
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** An application acknowledgement may overtake the accept acknowledgement, on another connection. */
    private static final Duration[] LOOK_AGAIN_AFTER = {
        Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(3)
    };

    /** On its own connection it comes behind that, and its partner may wait for our word on it (R47). */
    private static final int LOOKS_ON_OWN_CONNECTION = 1;

    /** So many may be looked for again at once; more are taken for unsolicited at once. */
    private static final int MOST_LOOKED_FOR = 1_000;

    private final MessageStore store;
    private final SerialExecutor executor;
    private final EngineEvents events;
    private final EngineClock clock;
    private final Map<String, Expected> expected = new ConcurrentHashMap<>();
    private final AtomicInteger lookedFor = new AtomicInteger();
    private final MatchedAcks matched = new MatchedAcks();
    private boolean looking;

    /** What one destination waits for. Changed on the executor alone, but for what operators read. */
    private static final class Expected {
        private volatile AwaitSettings settings;
        private final ArrayDeque<Seen> seen = new ArrayDeque<>();
        private boolean sweeping;

        /** All up to this number have waited too long; asked for again and again, since a commit ends only some. */
        private long over;

        private volatile long waiting;
        private volatile long oldestMillis;

        Expected(AwaitSettings settings) {
            this.settings = settings;
        }
    }

    /** That all up to a number waited at a time already. */
    private record Seen(long nanos, long last) {}

    /** @param executor where it looks for what has waited too long */
    public ApplicationAcks(MessageStore store, SerialExecutor executor, EngineEvents events, EngineClock clock) {
        this.store = store;
        this.executor = executor;
        this.events = events;
        this.clock = clock;
    }

    /** Goes by these settings for a destination from now on; what waits already included. */
    public void expect(String destination, AwaitSettings settings) {
        expected.compute(destination, (name, known) -> {
            if (known == null) {
                return new Expected(settings);
            }
            known.settings = settings;
            return known;
        });
        executor.execute(() -> {
            if (!looking) {
                looking = true;
                look();
            }
        });
    }

    /** How many deliveries to a destination wait, as of a second ago. */
    public long waiting(String destination) {
        Expected its = expected.get(destination);
        return its == null ? 0 : its.waiting;
    }

    /** Wall time since when the oldest of them waits; 0 where none does. */
    public long oldestMillis(String destination) {
        Expected its = expected.get(destination);
        return its == null ? 0 : its.oldestMillis;
    }

    @Override
    public void arrived(byte[] answer, @Nullable String destination, SerialExecutor receiver, Consumer<Arrival> then) {
        ApplicationAnswer read = expected.isEmpty() ? null : read(answer, destination);
        if (read == null) {
            then.accept(Arrival.UNSOLICITED);
        } else {
            match(read, 0, receiver, then);
        }
    }

    /** Null where it is no application acknowledgement. */
    private @Nullable ApplicationAnswer read(byte[] answer, @Nullable String destination) {
        try {
            Message message = Message.read(answer);
            OutcomeKind kind = OutcomeKind.ofCode(message.get(CODE));
            boolean application = kind == OutcomeKind.AA || kind == OutcomeKind.AE || kind == OutcomeKind.AR;
            String controlId = message.text(CONTROL_ID);
            if (!application || controlId.isEmpty()) {
                return null;
            }
            String peer = message.header().sendingApplication()
                    + '|'
                    + message.header().sendingFacility();
            return new ApplicationAnswer(
                    new Awaited(controlId, peer),
                    destination,
                    new SendOutcome(kind, answer, "the application acknowledgement", false),
                    name -> end(name, kind),
                    clock.wallMillis());
        } catch (UnreadableMessageException e) {
            return null;
        }
    }

    private DeliveryState end(String destination, OutcomeKind kind) {
        Expected its = expected.get(destination);
        if (its != null) {
            return its.settings.end(kind);
        }
        // It asks for none any more: what was asked for before ends as it would by default.
        return kind == OutcomeKind.AA ? DeliveryState.DELIVERED : DeliveryState.DEAD_LETTER;
    }

    private void match(ApplicationAnswer answer, int looks, SerialExecutor receiver, Consumer<Arrival> then) {
        byte[] bytes = Objects.requireNonNull(answer.outcome().answer());
        store.answerAwaited(answer, receiver, end -> {
            if (!end.refusal().isEmpty()) {
                then.accept(Arrival.REFUSED);
            } else if (!end.ended().isEmpty()) {
                tell(end, answer.outcome().kind());
                matched.add(bytes);
                then.accept(Arrival.MATCHED);
            } else if (matched.holds(bytes)) {
                // Its sender has not seen our accept acknowledgement, and repeats it until it does (R19).
                then.accept(Arrival.MATCHED);
            } else if (looks < mostLooks(answer) && (looks > 0 || lookedFor.get() < MOST_LOOKED_FOR)) {
                if (looks == 0) {
                    lookedFor.incrementAndGet();
                }
                receiver.schedule(() -> match(answer, looks + 1, receiver, then), LOOK_AGAIN_AFTER[looks]);
                return;
            } else {
                then.accept(Arrival.UNSOLICITED);
            }
            if (looks > 0) {
                lookedFor.decrementAndGet();
            }
        });
    }

    private static int mostLooks(ApplicationAnswer answer) {
        return answer.destination() == null ? LOOK_AGAIN_AFTER.length : LOOKS_ON_OWN_CONNECTION;
    }

    private void tell(AwaitedEnd end, OutcomeKind kind) {
        for (AwaitedEnd.Ended each : end.ended()) {
            events.applicationAcknowledged(each.destination(), kind);
            if (each.state() == DeliveryState.DEAD_LETTER) {
                String why = kind == OutcomeKind.TIMEOUT
                        ? "no application acknowledgement in time"
                        : "the application acknowledgement says " + kind.key();
                events.deadLettered(each.destination(), each.messageId(), kind, why);
            }
        }
    }

    private void look() {
        expected.forEach(this::sweep);
        executor.schedule(this::look, LOOK_EVERY);
    }

    private void sweep(String destination, Expected its) {
        if (its.sweeping) {
            return;
        }
        long now = clock.nanoTime();
        AwaitSettings settings = its.settings;
        for (Seen first = its.seen.peek();
                first != null && now - first.nanos() >= settings.within().toNanos();
                first = its.seen.peek()) {
            its.over = first.last();
            its.seen.remove();
        }
        its.sweeping = true;
        store.expireAwaited(
                destination, its.over, settings.end(OutcomeKind.TIMEOUT), clock.wallMillis(), executor, end -> {
                    its.sweeping = false;
                    swept(its, end, now);
                });
    }

    private void swept(Expected its, AwaitedEnd end, long asked) {
        if (!end.refusal().isEmpty()) {
            return;
        }
        its.waiting = end.waiting();
        its.oldestMillis = end.oldestMillis();
        Seen latest = its.seen.peekLast();
        // A hundredth of the time is exact enough, and bounds what is remembered.
        long apart = its.settings.within().toNanos() / 100;
        if (end.waiting() > 0 && (latest == null || (end.last() > latest.last() && asked - latest.nanos() >= apart))) {
            its.seen.add(new Seen(asked, end.last()));
        }
        tell(end, OutcomeKind.TIMEOUT);
    }
}
