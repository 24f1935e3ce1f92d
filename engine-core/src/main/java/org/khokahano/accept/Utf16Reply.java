package org.khokahano.accept;

import org.jspecify.annotations.Nullable;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.message.Utf16;

/** The way back to who sent UTF-16. */
final class Utf16Reply implements Reply {

    private final Utf16 utf16;
    private final Reply reply;

    Utf16Reply(Utf16 utf16, Reply reply) {
        this.utf16 = utf16;
        this.reply = reply;
    }

    @Override
    public SerialExecutor executor() {
        return reply.executor();
    }

    @Override
    public void send(byte @Nullable [] acknowledgement) {
        reply.send(converted(acknowledgement));
    }

    @Override
    public void send(byte @Nullable [] acknowledgement, byte[] applicationAcknowledgement) {
        reply.send(converted(acknowledgement), utf16.answer(applicationAcknowledgement));
    }

    @Override
    public void refuse(Refusal refusal, byte @Nullable [] acknowledgement) {
        reply.refuse(refusal, converted(acknowledgement));
    }

    @Override
    public boolean tellsWhatIsStored() {
        return reply.tellsWhatIsStored();
    }

    @Override
    public void record(int number, String problem) {
        reply.record(number, problem);
    }

    private byte @Nullable [] converted(byte @Nullable [] acknowledgement) {
        return acknowledgement == null ? null : utf16.answer(acknowledgement);
    }
}
