package org.khokahano.ack;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.message.batch.BatchHeader;
import org.khokahano.message.batch.BatchInput;
import org.khokahano.message.batch.MessageBatch;

/**
 * Writes the answer to a batch: a batch of acknowledgements for each batch, in a file where it came in
 * one (2.10.3.3, R44). Sender and receiver are exchanged, and BHS-12 names the batch that is answered.
 */
public final class BatchAckWriter {

    private static final byte CR = '\r';

    private final AckTimestamp timestamp = new AckTimestamp(ZoneOffset.UTC);

    /** @param acknowledgements those of each message over all batches; empty where one has none */
    public byte[] write(BatchInput input, List<List<byte[]>> acknowledgements, String controlId, long wallMillis) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
        BatchHeader file = input.fileHeader();
        if (file != null) {
            header(out, "FHS", file, controlId, wallMillis);
        }
        int number = 0;
        int batches = 0;
        for (MessageBatch batch : input.batches()) {
            batches++;
            BatchHeader head = batch.header();
            if (head != null) {
                header(out, "BHS", head, controlId + '.' + batches, wallMillis);
            } else {
                text(out, "BHS|^~\\&").write(CR);
            }
            int written = 0;
            for (int i = 0; i < batch.messages().size(); i++) {
                for (byte[] acknowledgement : acknowledgements.get(number++)) {
                    raw(out, acknowledgement);
                    written++;
                }
            }
            trailer(out, "BTS", head, written);
        }
        if (file != null) {
            trailer(out, "FTS", file, batches);
        }
        return out.toByteArray();
    }

    private void header(ByteArrayOutputStream out, String name, BatchHeader request, String controlId, long at) {
        byte separator = request.separator();
        text(out, name).write(separator);
        raw(out, request.raw(2)).write(separator);
        raw(out, request.raw(BatchHeader.RECEIVING_APPLICATION)).write(separator);
        raw(out, request.raw(BatchHeader.RECEIVING_FACILITY)).write(separator);
        raw(out, request.raw(BatchHeader.SENDING_APPLICATION)).write(separator);
        raw(out, request.raw(BatchHeader.SENDING_FACILITY)).write(separator);
        text(out, timestamp.format(at));
        for (int field = 8; field <= BatchHeader.CONTROL_ID; field++) {
            out.write(separator);
        }
        text(out, controlId).write(separator);
        raw(out, request.raw(BatchHeader.CONTROL_ID)).write(CR);
    }

    private static void trailer(ByteArrayOutputStream out, String name, @Nullable BatchHeader header, int count) {
        text(out, name).write(header == null ? '|' : header.separator());
        text(out, Integer.toString(count)).write(CR);
    }

    private static ByteArrayOutputStream raw(ByteArrayOutputStream out, byte[] bytes) {
        out.write(bytes, 0, bytes.length);
        return out;
    }

    private static ByteArrayOutputStream text(ByteArrayOutputStream out, String ascii) {
        return raw(out, ascii.getBytes(StandardCharsets.US_ASCII));
    }
}
