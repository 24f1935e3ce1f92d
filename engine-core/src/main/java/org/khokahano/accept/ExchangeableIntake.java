package org.khokahano.accept;

import java.util.Set;
import org.khokahano.loop.SerialExecutor;

/**
 * The intake of a listener whose configuration can change while it runs: each input is taken whole by
 * the intake that is there when it comes, and connections notice nothing.
 */
public final class ExchangeableIntake implements Intake {

    private final String listener;
    private volatile Intake current;

    public ExchangeableIntake(Intake first) {
        this.listener = first.listener();
        this.current = first;
    }

    /** What comes from now on goes there. */
    public void exchange(Intake next) {
        Intake before = current;
        current = next;
        if (before != next) {
            before.retire();
        }
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
        current.receive(received, reply);
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
