package org.khokahano.cli.peer;

import java.util.Optional;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;

/**
 * What an answer says about the message that it answers.
 *
 * @param code MSA-1, or a word in brackets where there is none
 * @param problem what is wrong with it; empty for a readable one that names the message
 */
public record Answer(String code, Optional<String> problem) {

    /** Reads an answer to the message with that control id (MSH-10). */
    public static Answer read(byte[] answer, String controlId) {
        try {
            Message message = Message.read(answer);
            if (message.count("MSA") == 0) {
                return new Answer("(no MSA)", Optional.of("it acknowledges nothing: it has no MSA segment"));
            }
            String code = ReadableMessage.word(message.get("MSA-1"));
            String named = message.get("MSA-2");
            return named.equals(controlId)
                    ? new Answer(code, Optional.empty())
                    : new Answer(
                            code, Optional.of("it answers '" + ReadableMessage.word(named) + "', another message"));
        } catch (UnreadableMessageException e) {
            return new Answer("(unreadable)", Optional.of("it is no HL7 message"));
        }
    }

    /** Whether the message is in the receiver's hands: AA or CA for this very message. */
    public boolean isPositive() {
        return problem.isEmpty() && (code.equals("AA") || code.equals("CA"));
    }
}
