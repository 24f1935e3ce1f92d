package org.khokahano.mllp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.khokahano.event.EngineEvents;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.message.FrameBytes;
import org.khokahano.message.batch.BatchInput;
import org.khokahano.send.ApplicationAnswers;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;
import org.khokahano.send.Sender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lane's connection to an MLLP partner. Runs on the lane's event loop, and so does its channel.
 *
 * <p>An acknowledgement counts only for the message whose MSH-10 it names (R26). Whenever it is
 * doubtful what a later acknowledgement would belong to, the connection is closed first (R27).
 */
public final class MllpSender implements Sender {

    private static final Logger LOG = LoggerFactory.getLogger(MllpSender.class);

    private final String destination;
    private final MllpSenderSettings config;
    private final AnswerSettings answers;
    private final SerialExecutor executor;
    private final PartnerConnector connector;
    private final EngineEvents events;
    private final EngineClock clock;
    private final @Nullable ApplicationAnswers applicationAnswers;
    private final ArrayDeque<Outstanding> outstanding = new ArrayDeque<>();
    private @Nullable Channel channel;
    private @Nullable OwedCommits commits;
    private SerialExecutor.@Nullable Scheduled timer;
    private long lastUsedNanos;
    private String lastAnswered = "";

    public MllpSender(
            String destination,
            MllpSenderSettings config,
            EventLoops loops,
            SerialExecutor executor,
            EngineEvents events,
            EngineClock clock) {
        this(destination, config, loops, executor, events, clock, null);
    }

    /**
     * As above.
     *
     * @param applicationAnswers takes acknowledgements that come after the accept acknowledgement (R22);
     *     null where the partner is asked for none
     */
    public MllpSender(
            String destination,
            MllpSenderSettings config,
            EventLoops loops,
            SerialExecutor executor,
            EngineEvents events,
            EngineClock clock,
            @Nullable ApplicationAnswers applicationAnswers) {
        this.applicationAnswers = applicationAnswers;
        this.destination = destination;
        this.config = config;
        this.answers = config.answers();
        this.executor = executor;
        this.events = events;
        this.clock = clock;
        this.connector = new PartnerConnector(config, loops, executor, Answers::new, new Connecting());
    }

    @Override
    public void send(byte[] payload, Consumer<SendOutcome> outcome) {
        String unsendable = whyUnsendable(payload);
        if (!unsendable.isEmpty()) {
            outcome.accept(SendOutcome.unsendable(unsendable));
            return;
        }
        Outstanding message = new Outstanding(payload, answers.asMessage(), outcome);
        outstanding.add(message);
        Channel open = channel;
        if (open != null && open.isActive()) {
            if (takesContent()) {
                write(open, message);
                open.flush();
            }
        } else if (!connector.isConnecting()) {
            // A close that was seen before the write: the message goes over a new connection (R29).
            connector.connect();
        }
    }

    /** What is written must never look like a message that it is not; nothing that is received now gets here. */
    @Override
    public String whyUnsendable(byte[] payload) {
        int at = FrameEncoder.frameByteInside(payload);
        return at < 0 ? "" : "byte " + at + " of the message is " + FrameBytes.meaning(payload[at]);
    }

    @Override
    public void close() {
        connector.cancel();
        endAll(null, "the connection was closed by this engine");
    }

    private final class Connecting implements PartnerConnector.Caller {
        @Override
        public void connected(Channel opened) {
            channel = opened;
            commits = answers.release2() ? new OwedCommits(opened) : null;
            lastAnswered = "";
            writeWaiting(opened);
        }

        @Override
        public void failed(String reason) {
            LOG.debug("destination {}: no connection to {}: {}", destination, config, reason);
            SendOutcome refused = SendOutcome.refused("no connection to " + config + ": " + reason);
            List<Outstanding> ended = new ArrayList<>(outstanding);
            outstanding.clear();
            ended.forEach(message -> message.end(refused));
        }
    }

    /** A partner of release 2 waits for our word on what it sent before it takes new content (R46, R47). */
    private boolean takesContent() {
        OwedCommits owed = commits;
        return owed == null || owed.write();
    }

    /** Writes what waited for a connection, or until the partner takes content again. */
    private void writeWaiting(Channel open) {
        if (!takesContent()) {
            return;
        }
        for (Outstanding message : List.copyOf(outstanding)) {
            if (!message.written) {
                write(open, message);
            }
        }
        // Not before: what ends with its write lets the lane send more, and that belongs behind all of these.
        open.flush();
    }

    /** Ends nothing before it is flushed. */
    private void write(Channel open, Outstanding message) {
        message.written = true;
        lastUsedNanos = clock.nanoTime();
        message.deadlineNanos = lastUsedNanos + answers.timeout().toNanos();
        ByteBuf frame = FrameEncoder.encode(open.alloc(), message.payload);
        if (message.wantsAnswer || answers.release2()) {
            open.write(frame, open.voidPromise());
        } else {
            ChannelFuture write = open.write(frame);
            write.addListener(done -> doneUnanswered(message, write.isSuccess()));
        }
        if (timer == null) {
            setTimer(answers.timeout());
        }
    }

    /** MSH-15 says that nobody will answer: done once the operating system has it (R19). */
    private void doneUnanswered(Outstanding message, boolean success) {
        if (success && outstanding.remove(message)) {
            String detail = "written; MSH-15 asks for no acknowledgement";
            message.end(SendOutcome.withoutAnswer(OutcomeKind.CA, detail, false));
        }
    }

    /** Release 2: the partner says whether it has stored the content that was written last (R46). */
    private void committed(boolean positive) {
        Outstanding message = outstanding.peek();
        if (message == null || message.committed) {
            dropped("unsolicited");
        } else if (!positive) {
            outstanding.remove();
            message.end(SendOutcome.withoutAnswer(
                    OutcomeKind.CR, "a negative commit acknowledgement (MLLP release 2)", false));
        } else if (message.wantsAnswer) {
            message.committed = true;
        } else {
            outstanding.remove();
            message.end(SendOutcome.withoutAnswer(
                    OutcomeKind.CA, "committed (MLLP release 2); MSH-15 asks for no acknowledgement", false));
        }
    }

    private void setTimer(Duration left) {
        Duration idle = config.idleClose();
        timer = executor.schedule(this::look, !idle.isZero() && idle.compareTo(left) < 0 ? idle : left);
    }

    /** One timer a connection looks at the oldest deadline; a timer a message would cost more. */
    private void look() {
        timer = null;
        if (channel == null) {
            return;
        }
        long now = clock.nanoTime();
        Outstanding oldest = outstanding.peek();
        if (oldest != null) {
            // One that waits to be written has no deadline yet.
            long left = oldest.written
                    ? oldest.deadlineNanos - now
                    : answers.timeout().toNanos();
            if (left > 0) {
                setTimer(Duration.ofNanos(left));
            } else {
                endAll(
                        SendOutcome.timeout("no acknowledgement within " + answers.timeout()),
                        "closed, since the acknowledgement of an earlier message did not come");
            }
        } else if (!config.idleClose().isZero()) {
            long left = config.idleClose().toNanos() - (now - lastUsedNanos);
            if (left > 0) {
                // A message may be sent before that, and its deadline comes earlier.
                setTimer(Duration.ofNanos(Math.min(left, answers.timeout().toNanos())));
            } else {
                endAll(null, "closed after a silence");
            }
        }
    }

    private void answer(byte[] bytes, OwedCommits.@Nullable Content content) {
        if (outstanding.isEmpty()) {
            unexpected(bytes, "unsolicited", content);
            return;
        }
        boolean toBatch = outstanding.element().batch;
        if (toBatch && !answers.positional() && !outstanding.element().mayBeAnsweredBy(bytes)) {
            unexpected(bytes, "otherControlId", content);
            return;
        }
        if (toBatch && BatchInput.isBatch(bytes)) {
            lastUsedNanos = clock.nanoTime();
            outstanding.remove().end(SendOutcome.answered(OutcomeKind.AA, bytes));
            return;
        }
        String ofBatch =
                toBatch && !answers.positional() ? outstanding.element().messageAnsweredBy(bytes) : "";
        if (!ofBatch.isEmpty()) {
            answerToOneOf(outstanding.element(), ofBatch, bytes);
            return;
        }
        Acknowledgement answer = Acknowledgement.read(bytes);
        if (answers.replyOnly() && answer.kind() == OutcomeKind.CA) {
            return;
        }
        if (answer.kind() == OutcomeKind.NO_MSA) {
            endAll(
                    new SendOutcome(answer.kind(), bytes, "the answer has no MSA", true),
                    "closed, since an answer had no MSA");
            return;
        }
        if (answer.kind() == OutcomeKind.UNREADABLE && answer.controlId().isEmpty()) {
            endAll(
                    new SendOutcome(answer.kind(), bytes, "the answer is no message that can be read", true),
                    "closed, since an answer could not be read");
            return;
        }
        Outstanding message = takeMatching(answer, bytes);
        if (message == null) {
            if (!answers.positional()) {
                unexpected(bytes, "otherControlId", content);
            }
            return;
        }
        lastUsedNanos = clock.nanoTime();
        if (answer.kind() == OutcomeKind.UNREADABLE) {
            message.end(new SendOutcome(answer.kind(), bytes, "MSA-1 is not a code of table 0008", true));
        } else {
            message.end(SendOutcome.answered(answer.kind(), bytes));
        }
    }

    /** Some partners answer a batch message by message; the batch has ended when each has its answer. */
    private void answerToOneOf(Outstanding batch, String controlId, byte[] bytes) {
        SingleAnswers singles = batch.singles();
        if (!singles.take(controlId, bytes)) {
            dropped("repeated");
            return;
        }
        lastUsedNanos = clock.nanoTime();
        byte[] all = singles.areComplete() ? singles.asBatch() : null;
        if (all != null) {
            outstanding.remove().end(SendOutcome.answered(OutcomeKind.AA, all));
        }
    }

    /** The message that the answer is for, taken out; null where it is for none (R26). */
    private @Nullable Outstanding takeMatching(Acknowledgement answer, byte[] bytes) {
        if (answers.positional() || outstanding.element().batch) {
            return takeOldest(answer.controlId());
        }
        Outstanding message = take(each -> each.controlId.equals(answer.controlId()));
        if (message == null && !answer.controlId().isEmpty()) {
            byte[] raw = Acknowledgement.rawControlId(bytes);
            message = take(each -> each.hasControlId(raw));
        }
        return message;
    }

    private @Nullable Outstanding take(Predicate<Outstanding> wanted) {
        for (Iterator<Outstanding> each = outstanding.iterator(); each.hasNext(); ) {
            Outstanding message = each.next();
            if (wanted.test(message)) {
                each.remove();
                return message;
            }
        }
        return null;
    }

    /** By position, but a second answer that names the message before is not for this one. */
    private @Nullable Outstanding takeOldest(String controlId) {
        Outstanding oldest = outstanding.element();
        boolean again = !controlId.isEmpty() && controlId.equals(lastAnswered);
        if (again && !controlId.equals(oldest.controlId)) {
            dropped("repeated");
            return null;
        }
        lastAnswered = oldest.controlId;
        return outstanding.remove();
    }

    /** No send waits for it; an application acknowledgement comes when its send has ended (R22). */
    private void unexpected(byte[] bytes, String reason, OwedCommits.@Nullable Content content) {
        ApplicationAnswers taker = applicationAnswers;
        if (taker == null) {
            dropped(reason);
            return;
        }
        if (content != null) {
            content.waits();
        }
        taker.arrived(bytes, destination, executor, arrival -> {
            if (arrival != ApplicationAnswers.Arrival.MATCHED) {
                dropped(reason);
            }
            if (content != null) {
                // What nobody waits for would be none the better for coming again.
                content.end(arrival != ApplicationAnswers.Arrival.REFUSED);
                if (channel != null) {
                    writeWaiting(channel);
                }
            }
        });
    }

    /** An answer that belongs to no message is counted, never acknowledged and never credited (R32). */
    private void dropped(String reason) {
        events.answerDropped(destination, reason);
    }

    /**
     * Closes the connection first, and only then tells of the outcomes (R27).
     *
     * @param first the outcome of the oldest message; null where it ends as the others do
     * @param detail why the others end as reset
     */
    private void endAll(@Nullable SendOutcome first, String detail) {
        Channel open = channel;
        channel = null;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        if (open != null) {
            open.close();
        }
        List<Outstanding> ended = new ArrayList<>(outstanding);
        outstanding.clear();
        SendOutcome outcome = first;
        for (Outstanding message : ended) {
            message.end(outcome != null ? outcome : reset(message, detail));
            outcome = null;
        }
    }

    /** What was never written cannot have reached the partner. */
    private static SendOutcome reset(Outstanding message, String detail) {
        return SendOutcome.withoutAnswer(OutcomeKind.RESET, detail, message.written);
    }

    /** The inbound side of one connection. */
    private final class Answers extends ChannelInboundHandlerAdapter implements FrameDecoder.Sink {

        private final FrameDecoder decoder = new FrameDecoder(
                answers.maxBytes(), false, FrameBudget.unlimited().newShare(() -> {}), this);
        private @Nullable Channel own;
        private long skippedInRow;
        private String failure = "the partner closed the connection";

        /** Late news of a connection that was given up must not reach the next one's messages. */
        private boolean isCurrent() {
            return own != null && own == channel;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object in) {
            own = context.channel();
            ByteBuf bytes = (ByteBuf) in;
            try {
                if (isCurrent()) {
                    decoder.feed(bytes);
                }
            } finally {
                bytes.release();
            }
        }

        @Override
        public void frame(byte[] payload) {
            skippedInRow = 0;
            if (!isCurrent()) {
                dropped("late");
                return;
            }
            OwedCommits owed = commits;
            if (owed == null) {
                answer(payload, null);
            } else if (CommitFrames.isOne(payload)) {
                committed(CommitFrames.isPositive(payload));
            } else {
                // An HL7 acknowledgement is content too, and its sender waits for our word on it (R47).
                answer(payload, owed.received());
                owed.write();
            }
        }

        @Override
        public void interrupted(byte[] partial) {
            dropped("interruptedFrame");
        }

        @Override
        public void skipped(long offset, int length) {
            dropped("outsideOfFrame");
            skippedInRow += length;
            if (skippedInRow > answers.maxBytes()) {
                unreadable("more than " + answers.maxBytes() + " bytes outside of frames");
            }
        }

        @Override
        public void tooLong(byte[] head) {
            unreadable("the answer is longer than " + answers.maxBytes() + " bytes");
        }

        @Override
        public void violation(String what) {
            unreadable(what);
        }

        @Override
        public void noRoom(byte[] partial) {
            throw new IllegalStateException("an answer is bounded by its own limit alone");
        }

        private void unreadable(String what) {
            if (isCurrent()) {
                LOG.warn("destination {}: the connection to {} is closed: {}", destination, config, what);
                endAll(SendOutcome.unreadable(what), "closed, since an answer could not be read");
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (context.channel() == channel) {
                endAll(null, failure);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // The text of an exception may hold what was received, so only its kind is told.
            if (cause.getCause() instanceof SSLException) {
                failure = "TLS: " + Handshakes.refusal(cause).sentenceFor(cause);
            } else {
                failure = "the connection broke: " + cause.getClass().getSimpleName();
            }
            LOG.debug("destination {}: {}", destination, failure);
            context.close();
        }
    }
}
