package org.khokahano.mllp;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.send.ApplicationAnswers;
import org.khokahano.send.SendOutcome;

/** A sender on an event loop of its own. */
final class SenderFixture implements AutoCloseable {
    final RecordingEvents events = new RecordingEvents();
    final List<SendOutcome> outcomes = new CopyOnWriteArrayList<>();
    final EventLoops loops;
    final SerialExecutor executor;
    final MllpSender sender;

    SenderFixture(MllpSenderSettings settings) {
        this(settings, new EventLoops(1));
    }

    SenderFixture(MllpSenderSettings settings, EventLoops loops) {
        this(settings, loops, null);
    }

    /** @param applicationAnswers takes what comes when its send has ended */
    SenderFixture(MllpSenderSettings settings, ApplicationAnswers applicationAnswers) {
        this(settings, new EventLoops(1), applicationAnswers);
    }

    private SenderFixture(
            MllpSenderSettings settings, EventLoops loops, @Nullable ApplicationAnswers applicationAnswers) {
        this.loops = loops;
        this.executor = loops.nextExecutor();
        this.sender =
                new MllpSender("nrl-lis", settings, loops, executor, events, EngineClock.system(), applicationAnswers);
    }

    static AnswerSettings within(Duration timeout) {
        return new AnswerSettings(timeout, 1 << 20, false, false);
    }

    static AnswerSettings positional(Duration timeout) {
        return new AnswerSettings(timeout, 1 << 20, true, false);
    }

    CompletableFuture<SendOutcome> begin(byte[] payload) {
        return beginTogether(List.of(payload)).get(0);
    }

    /** All are sent before the first answer is read. */
    List<CompletableFuture<SendOutcome>> beginTogether(List<byte[]> payloads) {
        List<CompletableFuture<SendOutcome>> sends = payloads.stream()
                .map(payload -> new CompletableFuture<SendOutcome>())
                .toList();
        executor.execute(() -> {
            for (int i = 0; i < sends.size(); i++) {
                CompletableFuture<SendOutcome> send = sends.get(i);
                sender.send(payloads.get(i), outcome -> ended(send, outcome));
            }
        });
        return sends;
    }

    private void ended(CompletableFuture<SendOutcome> send, SendOutcome outcome) {
        outcomes.add(outcome);
        if (!send.complete(outcome)) {
            throw new IllegalStateException("a send ended twice");
        }
    }

    SendOutcome send(String controlId) throws Exception {
        return get(begin(TestMessages.adt(controlId)));
    }

    static SendOutcome get(CompletableFuture<SendOutcome> outcome) throws Exception {
        return outcome.get(8, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        executor.execute(sender::close);
        loops.close();
    }
}
