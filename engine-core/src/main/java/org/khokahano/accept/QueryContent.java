package org.khokahano.accept;

import java.util.Arrays;
import org.khokahano.mapping.Mapping;
import org.khokahano.mapping.MappingOutcome;
import org.khokahano.mapping.MappingOutcome.Dropped;
import org.khokahano.mapping.MappingOutcome.Failed;
import org.khokahano.mapping.MappingOutcome.Mapped;
import org.khokahano.mapping.MappingOutcome.Unmapped;
import org.khokahano.message.Draft;
import org.khokahano.message.FrameBytes;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.query.QueryRoute;
import org.khokahano.route.Origin;

/** What becomes of a query on its way to the partner, and of the answer on its way back. */
final class QueryContent {

    private static final MessagePath CONTROL_ID = MessagePath.of("MSH-10");
    private static final MessagePath ACKNOWLEDGED_ID = MessagePath.of("MSA-2");

    private final QueryRoute route;

    QueryContent(QueryRoute route) {
        this.route = route;
    }

    /** It cannot go on. The text has no content of the message. */
    static final class ImpassableException extends Exception {
        private static final long serialVersionUID = 1L;
        private final String code;

        ImpassableException(String code, String sentence) {
            super(sentence, null, false, false);
            this.code = code;
        }

        /** For ERR-5 and metrics. */
        String code() {
            return code;
        }

        String sentence() {
            return String.valueOf(getMessage());
        }
    }

    /** What the partner is asked. */
    Message asked(Message query, Origin origin) throws ImpassableException {
        Mapping mapping = route.mapQuery();
        return mapping == null ? query : mapped(mapping, query, origin, "queryNotMapped", "the query");
    }

    /** What the asker gets: the partner's bytes where nothing has to be changed. */
    byte[] answer(byte[] answer, Message query, Message asked, Origin origin) throws ImpassableException {
        Mapping mapping = route.mapAnswer();
        byte[] id = query.raw(CONTROL_ID);
        boolean other = !Arrays.equals(id, asked.raw(CONTROL_ID));
        checkFrameBytes(answer);
        if (mapping == null && !other) {
            return answer;
        }
        Message message = read(answer);
        if (mapping != null) {
            message = mapped(mapping, message, origin, "answerNotMapped", "the answer of " + route.name());
        }
        if (Arrays.equals(id, message.raw(ACKNOWLEDGED_ID))) {
            return message.bytes();
        }
        // The asker knows its own id only, whatever the query was called on its way (R26).
        Draft draft = Draft.of(message);
        draft.setRaw(ACKNOWLEDGED_ID, id);
        return draft.toMessage().bytes();
    }

    /** What came by HTTP may hold what no frame of MLLP can, and an asker by MLLP would get a part of it. */
    private void checkFrameBytes(byte[] answer) throws ImpassableException {
        int from = FrameBytes.begin(answer);
        int at = FrameBytes.inside(answer, from, Math.max(from, FrameBytes.end(answer)));
        if (at >= 0) {
            throw new ImpassableException(
                    RejectReason.FRAME_BYTE.code(),
                    "byte " + at + " of the answer of " + route.name() + " is " + FrameBytes.meaning(answer[at]));
        }
    }

    private Message read(byte[] answer) throws ImpassableException {
        try {
            return Message.read(answer);
        } catch (UnreadableMessageException e) {
            throw new ImpassableException("unreadable", "the answer of " + route.name() + " cannot be read");
        }
    }

    private static Message mapped(Mapping mapping, Message message, Origin origin, String code, String what)
            throws ImpassableException {
        MappingOutcome outcome = mapping.apply(message, origin);
        if (outcome instanceof Mapped made && made.messages().size() == 1) {
            return made.messages().get(0);
        }
        throw new ImpassableException(code, what + " cannot be mapped: " + why(outcome));
    }

    private static String why(MappingOutcome outcome) {
        if (outcome instanceof Dropped dropped) {
            return dropped.reason();
        }
        if (outcome instanceof Unmapped unmapped) {
            return unmapped.reason();
        }
        return outcome instanceof Failed failed
                ? failed.reason()
                : ((Mapped) outcome).messages().size() + " messages came of it where one is needed";
    }
}
