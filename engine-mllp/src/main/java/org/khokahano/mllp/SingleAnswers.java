package org.khokahano.mllp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.send.AnsweredBatch;

/**
 * The acknowledgements of a batch whose partner sends one for each message, in a frame of its own, and not
 * a batch of them (R44). Together they are read as the batch that should have come.
 */
final class SingleAnswers {
    private static final byte CR = '\r';

    private final List<String> awaited;
    private final ByteArrayOutputStream came = new ByteArrayOutputStream();
    private int count;

    SingleAnswers(AnsweredBatch batch) {
        this.awaited = new ArrayList<>(batch.controlIds());
    }

    /** Takes the acknowledgement of one message; false where that message has its own already. */
    boolean take(String controlId, byte[] answer) {
        if (!awaited.remove(controlId)) {
            return false;
        }
        came.writeBytes(answer);
        if (answer[answer.length - 1] != CR) {
            came.write(CR);
        }
        count++;
        return true;
    }

    boolean areComplete() {
        return awaited.isEmpty();
    }

    /** What came so far; null where nothing did. */
    byte @Nullable [] asBatch() {
        if (count == 0) {
            return null;
        }
        ByteArrayOutputStream batch = new ByteArrayOutputStream(came.size() + 32);
        batch.writeBytes("BHS|^~\\&\r".getBytes(StandardCharsets.US_ASCII));
        batch.writeBytes(came.toByteArray());
        batch.writeBytes(("BTS|" + count + "\r").getBytes(StandardCharsets.US_ASCII));
        return batch.toByteArray();
    }
}
