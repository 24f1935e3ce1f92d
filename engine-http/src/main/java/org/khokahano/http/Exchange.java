package org.khokahano.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.RequestTimeoutException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.khokahano.accept.Intake;
import org.khokahano.accept.Received;
import org.khokahano.accept.Reply;
import org.khokahano.accept.UnframedReason;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * One request and its answer: reads the body, hands it over whole, and answers once the intake has
 * replied. Runs on the connection's event loop. Its response completes exactly once.
 */
final class Exchange implements Subscriber<HttpObject>, Reply {

    private static final byte[] NOTHING = {};
    private static final int FIRST_CAPACITY = 16 * 1024;

    private enum State {
        READING,
        /** The intake has it and will reply. */
        HANDED_OVER,
        ENDED
    }

    private final Intake intake;
    private final Load load;
    private final EngineClock clock;
    private final SerialExecutor executor;
    private final String remote;
    private final String contentType;
    private final int maxBodyBytes;
    private final int declaredLength;
    private final Runnable onEnd;
    private final CompletableFuture<HttpResponse> response = new CompletableFuture<>();
    private State state = State.READING;
    private @Nullable Subscription body;
    private byte[] bytes = NOTHING;
    private int length;
    private boolean waitingForRelief;

    Exchange(Intake intake, Load load, EngineClock clock, SerialExecutor executor, Caller caller, int maxBodyBytes) {
        this.intake = intake;
        this.load = load;
        this.clock = clock;
        this.executor = executor;
        this.remote = caller.remote();
        String answered = intake.answerMediaType();
        this.contentType = !answered.isEmpty()
                ? answered
                : caller.headers().get(HttpHeaderNames.CONTENT_TYPE, Answers.DEFAULT_CONTENT_TYPE);
        this.declaredLength =
                (int) Math.max(0, Math.min(maxBodyBytes, caller.headers().contentLength()));
        this.onEnd = caller.onEnd();
        this.maxBodyBytes = maxBodyBytes;
    }

    /**
     * Who sent a request.
     *
     * @param remote its address
     * @param headers the request's headers
     * @param onEnd run once the exchange has ended
     */
    record Caller(String remote, RequestHeaders headers, Runnable onEnd) {}

    CompletableFuture<HttpResponse> response() {
        return response;
    }

    /** Whether the sender is to blame for a request that takes too long. */
    boolean isWaitingForSender() {
        return state == State.READING && !waitingForRelief;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        body = subscription;
        readOn(subscription);
    }

    /**
     * Back-pressure: while the store has too much to do, the body is not read, and TCP tells the
     * sender. That keeps a sender's order and disturbs nobody for a moment's load; a longer one ends
     * at the request's time limit, with 503.
     */
    private void readOn(Subscription subscription) {
        if (intake.isSaturated()) {
            waitingForRelief = true;
            intake.whenRelieved(executor, () -> {
                waitingForRelief = false;
                if (state == State.READING) {
                    readOn(subscription);
                }
            });
        } else {
            subscription.request(1);
        }
    }

    @Override
    public void onNext(HttpObject part) {
        if (state != State.READING || !(part instanceof HttpData data) || body == null) {
            return;
        }
        byte[] more = data.array();
        int fitting = Math.min(more.length, maxBodyBytes - length);
        if (!load.take(fitting)) {
            body.cancel();
            end(Answers.busy());
            return;
        }
        append(more, fitting);
        if (fitting < more.length) {
            state = State.HANDED_OVER;
            intake.tooLong(received(), maxBodyBytes, this);
        } else {
            readOn(body);
        }
    }

    /** A body that comes in one piece is not copied. */
    private void append(byte[] more, int count) {
        if (length == 0 && count == more.length) {
            bytes = more;
        } else {
            if (length + count > bytes.length) {
                int grown = Math.max(Math.max(FIRST_CAPACITY, length * 2), length + count);
                // What is declared is room for only so long as it is not far more than what came.
                int wanted = declaredLength <= grown * 4L ? Math.max(grown, declaredLength) : grown;
                bytes = Arrays.copyOf(bytes, Math.min(Math.max(wanted, length + count), maxBodyBytes));
            }
            System.arraycopy(more, 0, bytes, length, count);
        }
        length += count;
    }

    private Received received() {
        byte[] whole = bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
        bytes = NOTHING;
        return new Received(whole, remote, clock.nanoTime());
    }

    @Override
    public void onComplete() {
        if (state == State.READING) {
            state = State.HANDED_OVER;
            intake.receive(received(), this);
        }
    }

    /** The sender left or took too long: no answer to what is not whole (R5). */
    @Override
    public void onError(Throwable cause) {
        if (state == State.READING) {
            UnframedReason reason = cause instanceof RequestTimeoutException
                    ? UnframedReason.REQUEST_TIMEOUT
                    : UnframedReason.END_OF_STREAM_IN_BODY;
            if (length > 0) {
                intake.unframed(received(), reason, executor);
            }
            end(isWaitingForSender() ? Answers.tooSlow() : Answers.busy());
        }
    }

    @Override
    public SerialExecutor executor() {
        return executor;
    }

    @Override
    public void send(byte @Nullable [] acknowledgement) {
        answer(Answers.taken(acknowledgement, contentType));
    }

    @Override
    public void refuse(Refusal refusal, byte @Nullable [] acknowledgement) {
        answer(Answers.refused(refusal, acknowledgement, contentType));
    }

    private void answer(HttpResponse answer) {
        if (state != State.HANDED_OVER) {
            throw new IllegalStateException("a request was answered twice");
        }
        end(answer);
    }

    private void end(HttpResponse answer) {
        state = State.ENDED;
        load.giveBack(length);
        onEnd.run();
        response.complete(answer);
    }
}
