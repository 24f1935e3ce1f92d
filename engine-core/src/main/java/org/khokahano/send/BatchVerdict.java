package org.khokahano.send;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.message.batch.BatchInput;
import org.khokahano.message.batch.MessageBatch;
import org.khokahano.send.BatchSettings.Answers;

/**
 * What the answer to a batch says of each of its messages (R44). An acknowledgement counts only for the
 * message whose MSH-10 its MSA-2 names (R26), one without MSA-2 or with the batch's id for all.
 */
final class BatchVerdict {
    private static final MessagePath CODE = MessagePath.parse("MSA-1");
    private static final MessagePath CONTROL_ID = MessagePath.parse("MSA-2");

    private final Answers answers;
    private final String batchId;

    BatchVerdict(Answers answers, String batchId) {
        this.answers = answers;
        this.batchId = batchId;
    }

    /** @param controlIds MSH-10 of the messages; the outcomes have their order */
    List<SendOutcome> outcomes(List<String> controlIds, SendOutcome whole) {
        byte[] answer = whole.answer();
        if (answers == Answers.NONE || answer == null) {
            return controlIds.stream().map(id -> whole).toList();
        }
        Map<String, Deque<SendOutcome>> named = new HashMap<>();
        boolean batch = BatchInput.isBatch(answer);
        if (batch) {
            for (MessageBatch part : BatchInput.read(answer).batches()) {
                part.messages().forEach(acknowledgement -> add(named, acknowledgement));
            }
        } else {
            add(named, answer);
            if (named.isEmpty() || isForAll(named, controlIds)) {
                return controlIds.stream().map(id -> whole).toList();
            }
        }
        List<SendOutcome> outcomes = new ArrayList<>();
        for (String id : controlIds) {
            Deque<SendOutcome> its = named.get(id);
            SendOutcome outcome = id.isEmpty() || its == null ? null : its.poll();
            outcomes.add(outcome == null ? unnamed(whole, batch) : outcome);
        }
        return outcomes;
    }

    private boolean isForAll(Map<String, Deque<SendOutcome>> named, List<String> controlIds) {
        String id = named.keySet().iterator().next();
        return id.isEmpty() || id.equals(batchId) || (controlIds.size() == 1 && id.equals(controlIds.get(0)));
    }

    private static void add(Map<String, Deque<SendOutcome>> named, byte[] bytes) {
        try {
            Message acknowledgement = Message.read(bytes);
            if (acknowledgement.count("MSA") > 0) {
                OutcomeKind kind = OutcomeKind.ofCode(acknowledgement.get(CODE));
                SendOutcome outcome = kind == OutcomeKind.UNREADABLE
                        ? new SendOutcome(kind, bytes, "MSA-1 is not a code of table 0008", true)
                        : SendOutcome.answered(kind, bytes);
                named.computeIfAbsent(acknowledgement.text(CONTROL_ID), id -> new ArrayDeque<>())
                        .add(outcome);
            }
        } catch (UnreadableMessageException e) {
            // It acknowledges nothing; what it may have been for counts as not acknowledged.
        }
    }

    private SendOutcome unnamed(SendOutcome whole, boolean batch) {
        boolean positive = whole.kind() == OutcomeKind.AA || whole.kind() == OutcomeKind.CA;
        if (positive && batch && answers == Answers.ERRORS) {
            return SendOutcome.withoutAnswer(whole.kind(), "the answer to its batch names no error of it", false);
        }
        byte @Nullable [] answer = whole.answer();
        OutcomeKind kind = positive || !batch ? OutcomeKind.NO_MSA : whole.kind();
        return new SendOutcome(kind, answer, "the answer to its batch does not name it", true);
    }
}
