package org.khokahano.answer;

import java.util.Arrays;
import java.util.function.Consumer;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.send.SendOutcome;
import org.khokahano.send.Sender;

/**
 * Asks for an accept and an application acknowledgement in what it sends: MSH-15 and MSH-16, and nothing
 * else of it. A resend has the same bytes (R30).
 */
public final class AskingSender implements Sender {

    private static final MessagePath ACCEPT_ACK = MessagePath.parse("MSH-15");
    private static final MessagePath APPLICATION_ACK = MessagePath.parse("MSH-16");

    private final AwaitSettings settings;
    private final Sender sender;

    public AskingSender(AwaitSettings settings, Sender sender) {
        this.settings = settings;
        this.sender = sender;
    }

    @Override
    public void send(byte[] payload, Consumer<SendOutcome> outcome) {
        sender.send(asking(payload), outcome);
    }

    @Override
    public void send(long messageId, long deliveryId, byte[] payload, Consumer<SendOutcome> outcome) {
        sender.send(messageId, deliveryId, asking(payload), outcome);
    }

    private byte[] asking(byte[] payload) {
        try {
            Message asking = Message.read(payload)
                    .edit()
                    .set(ACCEPT_ACK, "AL")
                    .set(APPLICATION_ACK, settings.ask())
                    .apply();
            return asking.bytes().length == asking.length()
                    ? asking.bytes()
                    : Arrays.copyOf(asking.bytes(), asking.length());
        } catch (UnreadableMessageException e) {
            // Sent as it is: what the partner answers tells what it makes of it.
            return payload;
        }
    }

    @Override
    public void close() {
        sender.close();
    }
}
