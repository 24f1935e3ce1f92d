package org.khokahano.accept;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.loop.SerialExecutor;

/** Remembers what was answered, on the caller's thread. */
final class RecordingReply implements Reply {

    private final SerialExecutor executor;
    private final List<String> answers = new ArrayList<>();
    private int ends;
    private @Nullable Refusal refusal;
    private boolean tells;

    /** As that of MLLP release 2. */
    static RecordingReply tellingWhatIsStored() {
        RecordingReply reply = new RecordingReply();
        reply.tells = true;
        return reply;
    }

    RecordingReply() {
        this(new DirectExecutor());
    }

    /** On an executor of a test's own. */
    RecordingReply(SerialExecutor executor) {
        this.executor = executor;
    }

    private static final class DirectExecutor implements SerialExecutor {
        @Override
        public boolean isCurrent() {
            return true;
        }

        @Override
        public Scheduled schedule(Runnable task, Duration delay) {
            throw new UnsupportedOperationException("nothing here is for later");
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }
    }

    /** The answers' text; none where the exchange ended without. */
    List<String> answers() {
        return answers;
    }

    /** The only answer. */
    String answer() {
        if (answers.size() != 1) {
            throw new AssertionError(answers.size() + " answers");
        }
        return answers.get(0);
    }

    /** How often the exchange was ended; once is right. */
    int ends() {
        return ends;
    }

    @Nullable
    Refusal refusal() {
        return refusal;
    }

    @Override
    public boolean tellsWhatIsStored() {
        return tells;
    }

    @Override
    public SerialExecutor executor() {
        return executor;
    }

    @Override
    public void send(byte @Nullable [] acknowledgement) {
        ends++;
        add(acknowledgement);
    }

    @Override
    public void send(byte @Nullable [] acknowledgement, byte[] applicationAcknowledgement) {
        ends++;
        add(acknowledgement);
        add(applicationAcknowledgement);
    }

    @Override
    public void refuse(Refusal why, byte @Nullable [] acknowledgement) {
        refusal = why;
        send(acknowledgement);
    }

    private void add(byte @Nullable [] answer) {
        if (answer != null) {
            answers.add(new String(answer, StandardCharsets.ISO_8859_1));
        }
    }
}
