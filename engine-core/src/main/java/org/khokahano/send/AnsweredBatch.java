package org.khokahano.send;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.message.batch.BatchHeader;
import org.khokahano.message.batch.BatchInput;
import org.khokahano.message.batch.MessageBatch;

/** What a sent batch can be named by, so that the answer to another one is not taken for its own (R26, R44). */
public final class AnsweredBatch {
    private static final MessagePath ANSWERED = MessagePath.parse("MSA-2");

    private final Set<String> batchIds = new HashSet<>();
    private final List<String> controlIds;

    /** @param payload the batch as it is sent */
    public AnsweredBatch(byte[] payload) {
        BatchInput sent = BatchInput.read(payload);
        batchIds.add(sent.fileControlId());
        List<String> ids = new ArrayList<>();
        for (MessageBatch batch : sent.batches()) {
            batchIds.add(batch.controlId());
            batch.messages()
                    .forEach(message ->
                            ids.add(idOf(message, each -> each.header().controlId())));
        }
        controlIds = List.copyOf(ids);
        batchIds.remove("");
    }

    /** MSH-10 of its messages, in their order; empty text where one has none. */
    public List<String> controlIds() {
        return controlIds;
    }

    /** The one of its messages that a single acknowledgement is for; empty where it is for the whole, or for none. */
    public String messageAnsweredBy(byte[] answer) {
        String named = BatchInput.isBatch(answer) ? "" : idOf(answer, message -> message.text(ANSWERED));
        return !batchIds.contains(named) && controlIds.contains(named) ? named : "";
    }

    private static String idOf(byte[] bytes, Function<Message, String> id) {
        try {
            return id.apply(Message.read(bytes));
        } catch (UnreadableMessageException e) {
            return "";
        }
    }

    /**
     * Whether an answer may be this batch's. One that names nothing may: many systems name neither batches nor, in
     * an answer to all, messages.
     */
    public boolean mayBeAnsweredBy(byte[] answer) {
        if (!BatchInput.isBatch(answer)) {
            String named = idOf(answer, message -> message.text(ANSWERED));
            return named.isEmpty() || batchIds.contains(named) || controlIds.contains(named);
        }
        BatchInput read = BatchInput.read(answer);
        List<String> references = Stream.concat(
                        Stream.ofNullable(read.fileHeader()),
                        read.batches().stream().flatMap(batch -> Stream.ofNullable(batch.header())))
                .map(header -> header.text(BatchHeader.REFERENCE_CONTROL_ID))
                .filter(reference -> !reference.isEmpty())
                .toList();
        if (!references.isEmpty()) {
            return references.stream().anyMatch(batchIds::contains);
        }
        return read.batches().stream()
                .flatMap(batch -> batch.messages().stream())
                .map(message -> idOf(message, each -> each.text(ANSWERED)))
                .allMatch(named -> named.isEmpty() || controlIds.contains(named) || batchIds.contains(named));
    }
}
