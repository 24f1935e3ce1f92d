package org.khokahano.mllp;

import io.netty.channel.Channel;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.khokahano.loop.EngineClock;

/**
 * Writes a listener's answers. By MLLP release 1 each goes out at once. By release 2 what was received
 * is answered with a commit acknowledgement, and an HL7 acknowledgement is content of its own: the
 * next one waits until the peer has committed it (R46, R47).
 */
final class AnswerOutput {

    /** How often an answer is written that the peer says it could not store. */
    private static final int MOST_TRIES = 3;

    private final Channel channel;
    private final boolean release2;
    private final EngineClock clock;
    private final ArrayDeque<byte[]> uncommitted = new ArrayDeque<>();
    private long writtenNanos;
    private int tries;
    private boolean waits = true;

    AnswerOutput(Channel channel, boolean release2, EngineClock clock) {
        this.channel = channel;
        this.release2 = release2;
        this.clock = clock;
    }

    /**
     * Writes what answers one frame; the caller flushes.
     *
     * @param kept whether what was received is in safe storage
     * @return whether anything was written
     */
    boolean answer(boolean kept, byte @Nullable [] acknowledgement, byte @Nullable [] applicationAcknowledgement) {
        if (!release2) {
            return write(acknowledgement) | write(applicationAcknowledgement);
        }
        write(CommitFrames.content(kept));
        content(acknowledgement);
        content(applicationAcknowledgement);
        return true;
    }

    /** The peer's word on what it got cannot be read any more: what still waits for it goes out at once. */
    void waitNoLonger() {
        waits = false;
        uncommitted.stream().skip(1).forEach(this::write);
        uncommitted.clear();
    }

    private void content(byte @Nullable [] answer) {
        if (answer == null) {
            return;
        }
        if (!waits) {
            write(answer);
            return;
        }
        uncommitted.add(answer);
        if (uncommitted.size() == 1) {
            writeContent(answer);
        }
    }

    private void writeContent(byte[] answer) {
        tries++;
        writtenNanos = clock.nanoTime();
        write(answer);
    }

    /**
     * The peer says whether it has stored the answer that was written last.
     *
     * @return false where it cannot store it, and the connection should end
     */
    boolean committed(boolean positive) {
        byte[] answer = uncommitted.peek();
        if (answer == null) {
            return true;
        }
        if (positive) {
            uncommitted.remove();
            tries = 0;
            byte[] next = uncommitted.peek();
            if (next != null) {
                writeContent(next);
            }
        } else if (tries >= MOST_TRIES) {
            return false;
        } else {
            writeContent(answer);
        }
        channel.flush();
        return true;
    }

    /** Whether an answer waits for the peer's commit acknowledgement. */
    boolean isWaiting() {
        return !uncommitted.isEmpty();
    }

    /** How many answers wait to be committed. */
    int waiting() {
        return uncommitted.size();
    }

    /** Monotonic time at which the answer that waits was written. */
    long writtenNanos() {
        return writtenNanos;
    }

    /** Each answer is a frame of its own, in one write (R11). */
    private boolean write(byte @Nullable [] answer) {
        if (answer == null) {
            return false;
        }
        channel.write(FrameEncoder.encode(channel.alloc(), answer), channel.voidPromise());
        return true;
    }
}
