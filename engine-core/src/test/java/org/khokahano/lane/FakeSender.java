package org.khokahano.lane;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;
import org.khokahano.send.Sender;

/** A partner that answers when the test says so. Payloads are delivery ids. */
final class FakeSender implements Sender {

    private final List<Long> sent = new ArrayList<>();
    private final List<Sent> outstanding = new ArrayList<>();
    private boolean answersAtOnce;

    private record Sent(long id, Consumer<SendOutcome> outcome) {}

    static byte[] payload(long id) {
        return Long.toString(id).getBytes(StandardCharsets.US_ASCII);
    }

    static long id(byte[] payload) {
        return Long.parseLong(new String(payload, StandardCharsets.US_ASCII));
    }

    void answerAtOnce() {
        answersAtOnce = true;
    }

    @Override
    public void send(byte[] payload, Consumer<SendOutcome> outcome) {
        long id = id(payload);
        sent.add(id);
        if (answersAtOnce) {
            outcome.accept(SendOutcome.answered(OutcomeKind.AA, new byte[0]));
        } else {
            outstanding.add(new Sent(id, outcome));
        }
    }

    @Override
    public void close() {
        loseConnection();
    }

    /** Every send so far, in order. */
    List<Long> sent() {
        return List.copyOf(sent);
    }

    List<Long> outstanding() {
        return outstanding.stream().map(Sent::id).toList();
    }

    void answer(long id, OutcomeKind kind) {
        Sent answered =
                outstanding.stream().filter(sent -> sent.id() == id).findFirst().orElseThrow();
        outstanding.remove(answered);
        answered.outcome().accept(outcome(kind));
    }

    /** Everything outstanding ends as the real sender ends it: all at once, lowest first. */
    void loseConnection() {
        List<Sent> lost = List.copyOf(outstanding);
        outstanding.clear();
        lost.forEach(sent -> sent.outcome().accept(SendOutcome.reset("lost")));
    }

    static SendOutcome outcome(OutcomeKind kind) {
        return switch (kind) {
            case AA, CA, AE, CE, AR, CR -> SendOutcome.answered(kind, new byte[0]);
            case NO_MSA -> new SendOutcome(kind, new byte[0], "", true);
            case UNREADABLE -> SendOutcome.unreadable("not HL7");
            case TIMEOUT -> SendOutcome.timeout("no answer");
            case REFUSED -> SendOutcome.refused("no connection");
            case RESET -> SendOutcome.reset("lost");
            case UNSENDABLE -> SendOutcome.unsendable("it cannot be sent");
            case SEQUENCE -> SendOutcome.outOfSequence(new byte[0], "another number", false);
        };
    }
}
