package org.khokahano.file;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.khokahano.accept.Intake;
import org.khokahano.accept.Received;
import org.khokahano.accept.Reply;
import org.khokahano.accept.UnframedReason;
import org.khokahano.loop.SerialExecutor;

/** An intake that records what it takes, and refuses as told. */
final class ScriptedIntake implements Intake {

    final List<String> taken = new CopyOnWriteArrayList<>();
    volatile Function<String, Reply.@Nullable Refusal> script = message -> null;
    final Map<String, Map<Integer, String>> records = new ConcurrentHashMap<>();
    volatile boolean saturated;

    @Override
    public String listener() {
        return "files";
    }

    @Override
    public void receive(Received received, Reply reply) {
        String message = new String(received.bytes(), StandardCharsets.ISO_8859_1);
        Reply.Refusal refusal = script.apply(message);
        reply.executor().execute(() -> {
            records.getOrDefault(message, Map.of()).forEach(reply::record);
            if (refusal == null) {
                taken.add(message);
                reply.send(null);
            } else {
                reply.refuse(refusal, null);
            }
        });
    }

    @Override
    public void unframed(Received received, UnframedReason reason, SerialExecutor executor) {
        throw new UnsupportedOperationException("files have no frames");
    }

    @Override
    public void tooLong(Received head, int limit, Reply reply) {
        reply.executor().execute(() -> reply.refuse(Reply.Refusal.TOO_LONG, null));
    }

    @Override
    public boolean isSaturated() {
        return saturated;
    }

    @Override
    public void whenRelieved(SerialExecutor executor, Runnable task) {
        executor.execute(task);
    }
}
