package org.khokahano.accept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.khokahano.accept.AcceptedListener.received;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.accept.AcceptPolicy.ApplicationAck;
import org.khokahano.accept.AcceptPolicy.LaterAck;
import org.khokahano.accept.AcceptPolicy.NoRoute;
import org.khokahano.ack.AcknowledgementMode;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.NewMessage;
import org.khokahano.store.SequenceClaim;
import org.khokahano.store.SequenceLink;
import org.khokahano.store.SequenceState;

@Tag("unit")
class SequenceJourneyTest {

    private static final SequenceLink EHR = SequenceLink.ofListener("ehr", "EHR|QMMH");

    private final AcceptedListener listener = new AcceptedListener();

    private static AcceptPolicy policy(SequencePolicy sequence, LaterAck laterAck) {
        return policy(sequence, laterAck, ApplicationAck.NONE);
    }

    private static AcceptPolicy policy(
            SequencePolicy sequence, @Nullable LaterAck laterAck, ApplicationAck applicationAck) {
        return new AcceptPolicy(
                "ehr",
                "QMMH",
                Duration.ofHours(24),
                AcceptPolicy.ALL_PROCESSING_IDS,
                AcceptPolicy.ALL_VERSIONS,
                Set.of(),
                AcknowledgementMode.Policy.AUTO,
                AcknowledgementMode.ORIGINAL,
                applicationAck,
                NoRoute.ACCEPT,
                laterAck,
                sequence);
    }

    private static AcceptPolicy bySender() {
        return policy(new SequencePolicy(true, false), new LaterAck("back", "AL"));
    }

    private static String message(String number, String acks) {
        return "MSH|^~\\&|EHR|QMMH|HUB|MOH|20261122190000||ADT^A01^ADT_A01|C1|P|2.5.1|" + number + "||" + acks
                + "\rPID|1||LS-77\r";
    }

    private String answer(String message) {
        return Objects.requireNonNull(listener.receive(bySender(), message).answer());
    }

    @Test
    @DisplayName("R34 The number goes to the store with its message, and MSA-4 echoes it")
    void shouldClaimTheNumberWithTheMessage() {
        assertThat(answer(message("12", "|"))).contains("MSA|AA|C1||12\r");
        assertThat(listener.store.messages().get(0).sequence()).isEqualTo(new SequenceClaim(EHR, 12));
    }

    @Test
    @DisplayName("R33 R35 0 is answered with what comes next and -1 with itself; neither is stored as a message")
    void shouldAnswerTheStartOfALink() {
        assertThat(answer(message("0", "|"))).contains("MSA|AA|C1||-1\r");
        listener.store.sequences().put(EHR, SequenceState.accepted(EHR, 41, 1));
        assertThat(answer(message("0", "|"))).contains("MSA|AA|C1||42\r");
        assertThat(answer(message("-1", "NE|NE"))).contains("MSA|CA|C1||-1\r");
        assertThat(answer(message("0", "|"))).contains("MSA|AA|C1||-1\r");
        assertThat(listener.store.messages()).isEmpty();
    }

    @Test
    @DisplayName("R37 What a message with 0 holds beside its MSH is kept in quarantine, since it goes nowhere")
    void shouldKeepTheContentOfALinkMessage() {
        answer(message("0", "|"));
        assertThat(listener.store.quarantined())
                .singleElement()
                .satisfies(kept -> assertThat(kept.reason()).isEqualTo("linkContent"));
        listener.receive(bySender(), "MSH|^~\\&|EHR|QMMH|HUB|MOH|20261122190000||ADT^A01|C2|P|2.5.1|0\rPID|\r");
        assertThat(listener.store.quarantined()).hasSize(1);
    }

    @Test
    @DisplayName("R25 A number that is none is an error at MSH-13, whose text goes nowhere")
    void shouldRejectWhatIsNoNumber() {
        String answer = answer(message("7x|evil", "|"));
        assertThat(answer).contains("MSA|AE|C1|").contains("MSH^1^13").doesNotContain("7x");
        assertThat(answer(message("-2", "|"))).contains("MSA|AE");
        assertThat(answer(message("1234567890123456", "|"))).contains("MSA|AE");
        AcceptPolicy required = policy(new SequencePolicy(false, true), new LaterAck("back", "AL"));
        assertThat(listener.receive(required, message("", "|")).answer()).contains("MSA|AE", "noSequenceNumber");
    }

    @Test
    @DisplayName("R33 A listener that does not go by numbers takes them as any other field")
    void shouldPassOverNumbersWhereNotAsked() {
        assertThat(listener.receive(message("0", "|")).answer()).contains("MSA|AA|C1\r");
        assertThat(listener.store.messages())
                .singleElement()
                .satisfies(stored -> assertThat(stored.sequence()).isNull());
    }

    @Test
    @DisplayName("R22 R34 The application acknowledgement echoes the number too: it may be all that its sender gets")
    void shouldEchoTheNumberInTheApplicationAck() {
        listener.receive(bySender(), message("12", "NE|AL"));
        byte[] later = Objects.requireNonNull(
                listener.store.messages().get(0).deliveries().get(0).payload());
        assertThat(new String(later, java.nio.charset.StandardCharsets.US_ASCII))
                .contains("MSA|AA|C1||12\r");

        AcceptPolicy same = policy(new SequencePolicy(true, false), null, ApplicationAck.SAME_CONNECTION);
        assertThat(listener.receive(same, message("13", "AL|AL")).answers())
                .allSatisfy(each -> assertThat(each).contains("A|C1||13\r"))
                .hasSize(2);
        assertThat(listener.receive(same, message("14", "NE|AL")).answer()).contains("MSA|AA|C1||14\r");
    }

    @Test
    @DisplayName("R21 The application acknowledgement is one delivery more, durable with the message")
    void shouldPlanTheApplicationAck() {
        assertThat(answer(message("", "AL|AL"))).contains("MSA|CA|C1\r");
        NewDelivery later = listener.store.messages().get(0).deliveries().get(0);
        assertThat(later.destination()).isEqualTo("back");
        assertThat(new String(Objects.requireNonNull(later.payload()), java.nio.charset.StandardCharsets.US_ASCII))
                .contains("|AL|NE")
                .contains("MSA|AA|C1\r")
                .doesNotContain("|C1|P");
        listener.receive(bySender(), message("", "AL|ER"));
        listener.receive(bySender(), message("", "|AL"));
        assertThat(listener.store.messages().stream()
                        .mapToInt(m -> m.deliveries().size()))
                .containsExactly(1, 0, 0);
    }

    @Test
    @DisplayName(
            "R17 R21 What a refused message's sender is told in an exchange of its own is in the quarantine's commit")
    void shouldKeepTheRefusedAndItsAcknowledgementInOneCommit() {
        listener.store.commitByHand();
        RecordingReply reply = new RecordingReply();
        listener.journey(bySender()).receive(received(message("7x", "NE|AL")), reply);
        assertThat(listener.store.quarantined()).isEmpty();
        listener.store.commitNext();
        assertThat(listener.store.quarantined()).hasSize(1);
        assertThat(listener.store.messages())
                .singleElement()
                .satisfies(told -> assertThat(new String(told.bytes(), java.nio.charset.StandardCharsets.US_ASCII))
                        .contains("MSA|AE|C1|"))
                .satisfies(told -> assertThat(told.deliveries())
                        .singleElement()
                        .satisfies(way -> assertThat(way.destination()).isEqualTo("back")));
        assertThat(reply.answers()).isEmpty();
        assertThat(reply.ends()).isOne();
    }

    @Test
    @DisplayName("P5 A link is not started where the store keeps nothing")
    void shouldRefuseTheStartWhenTheStoreRefuses() {
        listener.store.refuse("the disk is full");
        RecordingReply reply = new RecordingReply();
        listener.journey(bySender()).receive(received(message("-1", "|")), reply);
        assertThat(reply.answer()).contains("MSA|AR|C1|");
    }

    @Test
    @DisplayName("R17 R21 What is refused without an accept acknowledgement is told in an exchange of its own")
    void shouldSendANegativeApplicationAck() {
        String refused = message("", "NE|AL").replace("|2.5.1|", "|9.9|");
        RecordingReply reply = listener.receive(bySender(), refused);

        assertThat(reply.ends()).isOne();
        assertThat(reply.answers()).isEmpty();
        NewMessage sent = listener.store.messages().get(0);
        assertThat(sent.deliveries())
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.destination()).isEqualTo("back"));
        assertThat(new String(sent.bytes(), java.nio.charset.StandardCharsets.US_ASCII))
                .contains("|AL|NE")
                .contains("MSA|AR|C1")
                .contains("unsupportedVersion");
        listener.receive(bySender(), refused.replace("NE|AL", "AL|AL"));
        assertThat(listener.store.messages())
                .as("the accept acknowledgement says it")
                .hasSize(1);
        assertThat(listener.store.quarantined()).hasSize(2);
    }

    @Test
    @DisplayName("R46 What is out of sequence is kept where the transport says that it is in safe storage, else not")
    void shouldKeepWhatIsSaidToBeStored() {
        listener.store.expect(42);
        assertThat(answer(message("44", "|"))).contains("MSA|AR|C1|").contains("|42");
        assertThat(listener.store.quarantined()).isEmpty();

        RecordingReply release2 = RecordingReply.tellingWhatIsStored();
        listener.journey(bySender()).receive(received(message("44", "|")), release2);

        assertThat(release2.answer()).contains("MSA|AR|C1|").contains("|42");
        assertThat(release2.refusal()).isEqualTo(Reply.Refusal.UNACCEPTABLE);
        assertThat(listener.store.quarantined())
                .singleElement()
                .satisfies(kept -> assertThat(kept.reason()).isEqualTo("outOfSequence"));
    }
}
