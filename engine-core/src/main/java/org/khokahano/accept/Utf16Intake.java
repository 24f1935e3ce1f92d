package org.khokahano.accept;

import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.message.Utf16;

/**
 * Takes messages and batches in UTF-16 too, where the listener says so (R51). They go on in UTF-8, and what
 * is stored, mapped and delivered is that; their sender is answered in UTF-16. What is not UTF-16 goes on as
 * it is, and is refused where it only begins so.
 */
public final class Utf16Intake implements Intake {

    private final Intake next;

    public Utf16Intake(Intake next) {
        this.next = next;
    }

    @Override
    public String listener() {
        return next.listener();
    }

    @Override
    public Set<String> mediaTypes() {
        return next.mediaTypes();
    }

    @Override
    public String answerMediaType() {
        return next.answerMediaType();
    }

    @Override
    public void receive(Received received, Reply reply) {
        Utf16 utf16 = Utf16.of(received.bytes());
        if (utf16 == null) {
            next.receive(received, reply);
            return;
        }
        byte[] converted = converted(utf16, received.bytes());
        next.receive(converted == null ? received : received.holding(converted), new Utf16Reply(utf16, reply));
    }

    @Override
    public void unframed(Received received, UnframedReason reason, SerialExecutor executor) {
        next.unframed(received, reason, executor);
    }

    /** The head of a message may end within a character. */
    @Override
    public void tooLong(Received head, int limit, Reply reply) {
        Utf16 utf16 = Utf16.of(head.bytes());
        if (utf16 == null) {
            next.tooLong(head, limit, reply);
            return;
        }
        int broken = utf16.brokenAt(head.bytes());
        byte[] whole = broken < 0 ? head.bytes() : Arrays.copyOf(head.bytes(), broken);
        byte[] converted = converted(utf16, whole);
        next.tooLong(converted == null ? head : head.holding(converted), limit, new Utf16Reply(utf16, reply));
    }

    private static byte @Nullable [] converted(Utf16 utf16, byte[] bytes) {
        try {
            return utf16.toUtf8(bytes);
        } catch (CharacterCodingException broken) {
            return null;
        }
    }

    @Override
    public boolean isSaturated() {
        return next.isSaturated();
    }

    @Override
    public void whenRelieved(SerialExecutor executor, Runnable task) {
        next.whenRelieved(executor, task);
    }

    @Override
    public void takeUp(SerialExecutor executor) {
        next.takeUp(executor);
    }

    @Override
    public boolean defer(Received received, Reply reply, Runnable turn) {
        return next.defer(received, reply, turn);
    }

    @Override
    public boolean isBusy() {
        return next.isBusy();
    }

    @Override
    public void retire() {
        next.retire();
    }
}
