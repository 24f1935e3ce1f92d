package org.khokahano.accept;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.message.UnreadableMessageException;

/**
 * Gathers what became of the records of one input, and answers for all of them at once, in JSON. Refused
 * as a whole where any record was: for the store's sake before all, since then a repetition helps.
 */
final class RecordAnswer {

    private static final MessagePath EXPLANATION = MessagePath.parse("ERR-8");

    private final Reply reply;
    private final String[] outcomes;
    private int left;
    private Reply.@Nullable Refusal refusal;

    RecordAnswer(int records, Reply reply) {
        this.reply = reply;
        this.outcomes = new String[records];
        // One more, so that nothing is answered before the last record was begun.
        this.left = records + 1;
    }

    /**
     * Where the answer to one record goes.
     *
     * @param number from 0
     * @param told its MSH-10, or why no message could be made of it
     */
    Reply of(int number, String told) {
        return new OfRecord(number, told);
    }

    /** The last record was begun. */
    void begun() {
        ended();
    }

    private void ended() {
        if (--left > 0) {
            return;
        }
        byte[] answer = ("{\"records\":[" + String.join(",", outcomes) + "]}\n").getBytes(StandardCharsets.UTF_8);
        if (refusal == null) {
            reply.send(answer);
        } else {
            reply.refuse(refusal, answer);
        }
    }

    private void refused(Reply.Refusal why) {
        // What is wrong with a message is, in other formats, wrong with the input.
        Reply.Refusal kind = why == Reply.Refusal.UNACCEPTABLE ? Reply.Refusal.UNREADABLE : why;
        if (refusal == null || kind == Reply.Refusal.STORAGE) {
            refusal = kind;
        }
    }

    private static void text(StringBuilder json, String name, String value) {
        json.append(",\"").append(name).append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            if (character == '"' || character == '\\') {
                json.append('\\').append(character);
            } else if (character < ' ') {
                json.append("\\u00").append(Character.forDigit(character >> 4, 16));
                json.append(Character.forDigit(character & 15, 16));
            } else {
                json.append(character);
            }
        }
        json.append('"');
    }

    /** The reply to one record, as if it were the whole exchange. */
    private final class OfRecord implements Reply {
        private final int number;
        private final String told;

        OfRecord(int number, String told) {
            this.number = number;
            this.told = told;
        }

        @Override
        public SerialExecutor executor() {
            return reply.executor();
        }

        @Override
        public void send(byte @Nullable [] acknowledgement) {
            reply.record(number + 1, "");
            StringBuilder json = begin("accepted");
            text(json, "controlId", told);
            end(json);
        }

        @Override
        public void refuse(Refusal why, byte @Nullable [] acknowledgement) {
            refused(why);
            String reason = why == Refusal.UNREADABLE || why == Refusal.TOO_LONG ? told : said(acknowledgement);
            reply.record(number + 1, reason.isEmpty() ? "it was refused" : reason);
            StringBuilder json = begin(why == Refusal.STORAGE ? "notStored" : "refused");
            text(json, "reason", reason);
            end(json);
        }

        private StringBuilder begin(String outcome) {
            StringBuilder json = new StringBuilder("{\"record\":").append(number + 1);
            text(json, "outcome", outcome);
            return json;
        }

        private void end(StringBuilder json) {
            outcomes[number] = json.append('}').toString();
            ended();
        }

        /** What the acknowledgement says of a message that was refused; it holds no value of it (R25). */
        private String said(byte @Nullable [] acknowledgement) {
            try {
                return acknowledgement == null
                        ? ""
                        : Message.read(acknowledgement).get(EXPLANATION);
            } catch (UnreadableMessageException impossible) {
                throw new IllegalStateException("the engine wrote an acknowledgement that it cannot read", impossible);
            }
        }
    }
}
