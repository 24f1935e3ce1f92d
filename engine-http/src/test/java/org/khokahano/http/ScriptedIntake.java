package org.khokahano.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.khokahano.accept.Intake;
import org.khokahano.accept.Received;
import org.khokahano.accept.Reply;
import org.khokahano.accept.UnframedReason;
import org.khokahano.loop.SerialExecutor;

/** An intake that records what it gets, and replies as told. */
final class ScriptedIntake implements Intake {

    record Unframed(Received received, String reason) {}

    final List<Received> received = new CopyOnWriteArrayList<>();
    final List<Received> tooLong = new CopyOnWriteArrayList<>();
    final List<Unframed> unframed = new CopyOnWriteArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private volatile boolean saturated;
    private volatile BiConsumer<Received, Reply> script =
            (message, reply) -> reply.send(TestMessages.acknowledgement("AA", "1"));

    /** From now on every message is replied to in this way, on its executor. */
    void replies(BiConsumer<Received, Reply> next) {
        script = next;
    }

    @Override
    public String listener() {
        return "test-http";
    }

    @Override
    public void receive(Received message, Reply reply) {
        if (!reply.executor().isCurrent()) {
            throw new IllegalStateException("not on the connection's executor");
        }
        received.add(message);
        // As after a commit: later, on the same executor.
        reply.executor().execute(() -> script.accept(message, reply));
    }

    @Override
    public void unframed(Received message, UnframedReason reason, SerialExecutor executor) {
        unframed.add(new Unframed(message, reason.code()));
    }

    @Override
    public void tooLong(Received head, int limit, Reply reply) {
        tooLong.add(head);
        reply.executor().execute(() -> reply.refuse(Reply.Refusal.TOO_LONG, TestMessages.acknowledgement("AR", "1")));
    }

    synchronized void saturate() {
        saturated = true;
    }

    synchronized void relieve() {
        saturated = false;
        waiting.forEach(Runnable::run);
        waiting.clear();
    }

    @Override
    public boolean isSaturated() {
        return saturated;
    }

    @Override
    public synchronized void whenRelieved(SerialExecutor executor, Runnable task) {
        if (saturated) {
            waiting.add(() -> executor.execute(task));
        } else {
            executor.execute(task);
        }
    }
}
