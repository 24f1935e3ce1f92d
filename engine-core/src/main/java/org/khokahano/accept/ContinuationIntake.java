package org.khokahano.accept;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.message.Message;
import org.khokahano.message.MessageFragment;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.store.fragment.FragmentLimits;
import org.khokahano.store.fragment.FragmentReading;
import org.khokahano.store.fragment.FragmentResult;
import org.khokahano.store.fragment.FragmentStore;
import org.khokahano.store.fragment.NewFragment;
import org.khokahano.store.fragment.PendingFragments;

/**
 * Takes messages that come in fragments (2.10.2, R38-R42) as well as whole ones. A fragment is durable
 * before it is acknowledged; with the last one the message is put together and goes its journey as if it
 * had come whole, and in the commit that has it the fragments are done with. So a crash at any moment
 * makes nothing twice and loses nothing that was acknowledged: fragments that wait go on waiting after the
 * next start, and a message of which all are there is put together then. What can never be put together,
 * since a fragment is damaged, goes to quarantine with all its fragments.
 *
 * <p>What a connection sends behind a last fragment waits until that message is on its way to the store,
 * so that the order stays.
 */
public final class ContinuationIntake implements Intake {

    static final String KEPT = "kept";
    static final String REPEATED = "repeated";
    static final String JOINED = "joined";

    private final Journey journey;
    private final FragmentStore store;
    private final FragmentLimits limits;
    private final UnfinishedMessages unfinished;
    private final Map<Connection, Held> joining = new ConcurrentHashMap<>();
    private volatile boolean retired;

    /** Whose order is to be kept. */
    private record Connection(SerialExecutor executor, String remote) {}

    /** What came behind a last fragment; touched on its connection's executor only. */
    private static final class Held {
        private final List<Runnable> inputs = new ArrayList<>();
        private boolean joins = true;

        /** Whether an input that waited has its turn: it does not wait again. */
        private boolean givingBack;
    }

    public ContinuationIntake(Journey journey, FragmentStore store, ContinuationPolicy policy) {
        this.journey = journey;
        this.store = store;
        this.limits = new FragmentLimits(policy.maxBytes(), policy.maxPending(), journey.duplicates());
        this.unfinished = new UnfinishedMessages(journey, store, policy.timeout(), this::joinLater);
    }

    @Override
    public String listener() {
        return journey.listener();
    }

    @Override
    public void takeUp(SerialExecutor executor) {
        for (PendingFragments pending : store.pendingFragments()) {
            if (pending.listener().equals(listener())) {
                if (pending.complete()) {
                    executor.execute(() -> joinLater(pending.chain(), executor));
                } else {
                    unfinished.goOnWaitingFor(pending.chain(), pending.fragments(), executor);
                }
            }
        }
    }

    /** What waits goes on waiting; what is to be put together is its successor's affair. */
    @Override
    public void retire() {
        retired = true;
    }

    @Override
    public void receive(Received received, Reply reply) {
        if (!defer(received, reply, () -> take(received, reply))) {
            take(received, reply);
        }
    }

    @Override
    public boolean defer(Received received, Reply reply, Runnable turn) {
        Held held = joining.isEmpty() ? null : joining.get(new Connection(reply.executor(), received.remote()));
        if (held == null || held.givingBack) {
            return false;
        }
        held.inputs.add(turn);
        return true;
    }

    @Override
    public boolean isBusy() {
        return !joining.isEmpty();
    }

    private void take(Received received, Reply reply) {
        Message message;
        MessageFragment part;
        try {
            message = Message.read(received.bytes());
            part = Envelope.isAcknowledgement(message) ? null : MessageFragment.of(message);
        } catch (UnreadableMessageException | RuntimeException e) {
            // What this is and how it is answered is the journey's affair.
            journey.receive(received, reply);
            return;
        }
        if (part == null) {
            journey.receive(received, reply);
            return;
        }
        String problem = part.problem();
        if (problem.isEmpty() && !part.isAlone() && !Envelope.isIdentified(message.header())) {
            problem = "a fragment needs an id of its own in MSH-10";
        }
        if (!problem.isEmpty()) {
            journey.refusals()
                    .refuseMessage(received, message, new Rejection(RejectReason.CONTINUATION, problem), reply);
        } else if (part.isAlone()) {
            byte[] joined = MessageFragment.join(List.of(message));
            journey.receive(new Received(joined, received.remote(), received.receivedNanos(), received.batch()), reply);
        } else if (journey.mayBeKept(received, message, reply)) {
            keep(received, message, part, reply);
        }
    }

    private void keep(Received received, Message message, MessageFragment part, Reply reply) {
        Connection connection = new Connection(reply.executor(), received.remote());
        boolean last = part.pointer().isEmpty();
        NewFragment fragment = journey.fragment(received, message, part, limits);
        if (last) {
            joining.computeIfAbsent(connection, key -> new Held()).joins = true;
        }
        store.appendFragment(fragment, reply.executor(), result -> {
            switch (result.outcome()) {
                case KEPT -> {
                    journey.events().fragment(listener(), KEPT);
                    unfinished.waitFor(result.chain(), result.number(), reply.executor());
                    journey.acknowledger().fragment(message, result, false, reply);
                }
                case REPEATED -> {
                    journey.events().fragment(listener(), REPEATED);
                    journey.acknowledger().fragment(message, result, last, reply);
                }
                case COMPLETE -> join(received, message, result, connection, reply);
                case NOTHING_TO_FOLLOW, POINTER_IN_USE, TOO_LONG, TOO_MANY, REFUSED ->
                    refuse(received, message, result.outcome(), reply);
            }
            if (last && result.outcome() != FragmentResult.Outcome.COMPLETE) {
                goOn(connection);
            }
        });
    }

    private void join(Received received, Message last, FragmentResult result, Connection connection, Reply reply) {
        journey.events().fragment(listener(), KEPT);
        unfinished.over(result.chain());
        store.readFragments(result.chain(), reply.executor(), reading -> {
            try {
                joinRead(reading, received, last, result, reply);
            } catch (RuntimeException fault) {
                journey.refusals().inputFault(received, fault, reply);
            } finally {
                unfinished.joinAgain(result.chain(), reply.executor());
                goOn(connection);
            }
        });
    }

    private void joinRead(
            FragmentReading reading, Received received, Message last, FragmentResult result, Reply reply) {
        long chain = result.chain();
        JoinedFragments joined = JoinedFragments.of(chain, reading);
        Rejection never = joined.never();
        if (never != null) {
            unfinished.giveUp(chain, reading.last(), never, reply.executor(), moved -> {
                if (moved) {
                    journey.refusals().refuseForNow(received, last, never, reply);
                } else {
                    refuse(received, last, FragmentResult.Outcome.REFUSED, reply);
                }
            });
        } else if (joined.whole() == null) {
            // Another copy of the last fragment was quicker, or the store is in trouble.
            refuse(received, last, FragmentResult.Outcome.REFUSED, reply);
        } else {
            Runnable turnedAway = () -> store.dropFragments(chain, reply.executor(), () -> {});
            Received whole = new Received(
                    joined.whole().bytes(), received.remote(), received.receivedNanos(), received.batch(), chain);
            journey.events().fragment(listener(), JOINED);
            journey.receive(whole, new FragmentAnswer(last, result, journey.acknowledger(), turnedAway, reply));
        }
    }

    /** Puts together what nobody waits for any more, since its sender was not answered in time. */
    private void joinLater(long chain, SerialExecutor executor) {
        if (retired) {
            return;
        }
        store.readFragments(chain, executor, reading -> {
            JoinedFragments joined = JoinedFragments.of(chain, reading);
            if (joined.never() != null) {
                unfinished.giveUp(chain, reading.last(), joined.never(), executor, moved -> {});
            } else if (joined.whole() != null) {
                Runnable turnedAway = () -> store.dropFragments(chain, executor, () -> {});
                Received whole =
                        new Received(joined.whole().bytes(), "", journey.clock().nanoTime(), "", chain);
                journey.events().fragment(listener(), JOINED);
                journey.receive(whole, new NobodyWaits(executor, turnedAway));
            }
            if (reading.state() != FragmentReading.State.GONE) {
                unfinished.joinAgain(chain, executor);
            }
        });
    }

    /** What was held back goes on, until another last fragment comes. */
    private void goOn(Connection connection) {
        Held held = joining.get(connection);
        if (held == null) {
            return;
        }
        held.joins = false;
        held.givingBack = true;
        try {
            while (!held.joins && !held.inputs.isEmpty()) {
                held.inputs.remove(0).run();
            }
        } catch (RuntimeException bug) {
            // What comes behind it must not wait for ever.
            held.givingBack = false;
            goOn(connection);
            throw bug;
        }
        held.givingBack = false;
        if (!held.joins) {
            joining.remove(connection);
        }
    }

    private void refuse(Received received, Message message, FragmentResult.Outcome outcome, Reply reply) {
        switch (outcome) {
            case TOO_LONG -> {
                String detail = "with this fragment the message is longer than the " + limits.maxBytes()
                        + " bytes that this listener takes";
                journey.refusals()
                        .refuseMessage(received, message, new Rejection(RejectReason.TOO_LONG, detail), reply);
            }
            case TOO_MANY -> {
                String detail = limits.maxPending() + " messages wait for further fragments; send it again later";
                journey.refusals()
                        .refuseForNow(
                                received, message, new Rejection(RejectReason.TOO_MANY_UNFINISHED, detail), reply);
            }
            case NOTHING_TO_FOLLOW -> {
                String detail = "no message waits for a fragment with this pointer in MSH-14: its fragments came in"
                        + " another order, too late, or with another sender, type or character set in MSH";
                journey.refusals()
                        .refuseMessage(received, message, new Rejection(RejectReason.CONTINUATION, detail), reply);
            }
            case POINTER_IN_USE -> {
                String detail = "another message of the same sender and type waits for the pointer in DSC-1;"
                        + " pointers have to differ as long as a message is unfinished";
                journey.refusals()
                        .refuseMessage(received, message, new Rejection(RejectReason.CONTINUATION, detail), reply);
            }
            case KEPT, COMPLETE, REPEATED, REFUSED ->
                journey.refusals()
                        .refuseForNow(
                                received,
                                message,
                                new Rejection(
                                        RejectReason.STORAGE, "the fragment could not be stored; send it again later"),
                                reply);
        }
    }

    @Override
    public void unframed(Received received, UnframedReason reason, SerialExecutor executor) {
        journey.unframed(received, reason, executor);
    }

    @Override
    public void tooLong(Received head, int limit, Reply reply) {
        journey.tooLong(head, limit, reply);
    }

    @Override
    public boolean isSaturated() {
        return journey.isSaturated();
    }

    @Override
    public void whenRelieved(SerialExecutor executor, Runnable task) {
        journey.whenRelieved(executor, task);
    }
}
