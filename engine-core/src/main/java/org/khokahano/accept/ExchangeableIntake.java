package org.khokahano.accept;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.khokahano.loop.SerialExecutor;

/**
 * The intake of a listener whose configuration can change while it runs: each input is taken whole by
 * the intake that is there when its turn comes, behind what the same connection sent before, and connections
 * notice nothing.
 */
public final class ExchangeableIntake implements Intake {

    private final String listener;
    private volatile Intake current;

    /** Intakes that may have something under way, behind which its senders' next inputs wait. */
    private final List<Intake> before = new CopyOnWriteArrayList<>();

    public ExchangeableIntake(Intake first) {
        this.listener = first.listener();
        this.current = first;
    }

    /** What comes from now on goes there. */
    public void exchange(Intake next) {
        Intake previous = current;
        if (previous == next) {
            return;
        }
        // The one before is kept even if it is idle: a connection may be about to give it something.
        before.removeIf(intake -> !intake.isBusy());
        before.add(previous);
        current = next;
        previous.retire();
    }

    @Override
    public void takeUp(SerialExecutor executor) {
        current.takeUp(executor);
    }

    @Override
    public void retire() {
        current.retire();
    }

    @Override
    public String listener() {
        return listener;
    }

    @Override
    public Set<String> mediaTypes() {
        return current.mediaTypes();
    }

    @Override
    public String answerMediaType() {
        return current.answerMediaType();
    }

    @Override
    public void receive(Received received, Reply reply) {
        // Read first: whoever sees the next one sees the one before among those that may defer.
        Intake now = current;
        for (Intake each : before) {
            if (each.defer(received, reply, () -> receive(received, reply))) {
                return;
            }
        }
        now.receive(received, reply);
    }

    @Override
    public void unframed(Received received, UnframedReason reason, SerialExecutor executor) {
        current.unframed(received, reason, executor);
    }

    @Override
    public void tooLong(Received head, int limit, Reply reply) {
        current.tooLong(head, limit, reply);
    }

    @Override
    public boolean isSaturated() {
        return current.isSaturated();
    }

    @Override
    public void whenRelieved(SerialExecutor executor, Runnable task) {
        current.whenRelieved(executor, task);
    }
}
