package org.khokahano.accept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.khokahano.accept.AcceptedListener.admission;
import static org.khokahano.accept.AcceptedListener.policy;
import static org.khokahano.accept.AcceptedListener.received;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.khokahano.accept.AcceptPolicy.ApplicationAck;
import org.khokahano.accept.AcceptPolicy.NoRoute;
import org.khokahano.accept.Reply.Refusal;
import org.khokahano.ack.AcknowledgementMode;
import org.khokahano.plan.Plan;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.NewDelivery;

@Tag("unit")
class JourneyTest {

    private final AcceptedListener listener = new AcceptedListener();

    @Test
    @DisplayName("R14 R16 AA is sent after the commit that makes the message durable, never before")
    void shouldAcknowledgeAfterTheCommitOnly() {
        listener.store.commitByHand();

        RecordingReply reply = listener.receive(admission());
        assertThat(reply.ends()).isZero();
        listener.store.commit();

        assertThat(reply.ends()).isOne();
        assertThat(reply.answer()).contains("\rMSA|AA|M1\r");
        assertThat(listener.events.told()).containsExactly("received", "accepted 1 for 0", "unrouted 1");
    }

    @ParameterizedTest
    @CsvSource({"'\u001c', 0x1C, X1C", "'\u000b', 0x0B, X0B"})
    @DisplayName("R1 R4 What would end a frame or begin another is not taken: a partner would get a part of it alone")
    void shouldRefuseWhatNoFrameCanHold(String frameByte, String told, String escape) {
        RecordingReply reply = listener.receive(admission().replace("Mokoena", "Mok" + frameByte + "oena"));

        assertThat(reply.answer())
                .contains("MSA|AE|M1")
                .contains("|E|frameByte^^L|")
                .contains(told)
                .contains(escape);
        assertThat(listener.store.messages()).isEmpty();
        assertThat(listener.store.quarantined())
                .singleElement()
                .satisfies(kept -> assertThat(kept.reason()).isEqualTo("frameByte"));
        assertThat(listener.receive("\u000b\r\u000b" + admission() + "\u001c\r\u000b \n")
                        .answer())
                .as("around the message it is no part of it")
                .contains("MSA|AA|M1");
    }

    @Test
    @DisplayName("R18 CR is for MSH-9, MSH-11 and MSH-12; what is wrong with other content is CE")
    void shouldSayCeForContent() {
        String broken = admission("M1", "AL", "NE").replace("Mokoena", "Mok\u001coena");
        String cutOff = "MSH|^~\\&|A|\u00EB|C|D|1||ADT^A01|X1|P|2.5|||AL|NE||GB 18030-2000\rPID|1||7\r";

        assertThat(listener.receive(broken).answer()).contains("MSA|CE|M1");
        assertThat(listener.receive(cutOff).answer())
                .contains("|contradictoryCharacterSet^^L|")
                .contains("MSA|CE|");
    }

    @ParameterizedTest
    @CsvSource({"NE, AL, true", "NE, ER, true", "SU, AL, true", "NE, SU, false", "NE, NE, false"})
    @DisplayName("R17 R19 R21 R22 What is refused without an accept acknowledgement has a negative application one")
    void shouldRefuseByTheApplicationAcknowledgement(String accept, String application, boolean told) {
        String refused = admission("M1", accept, application).replace("|2.5.1|", "|9.9|");
        AcceptPolicy both =
                policy(AcknowledgementMode.Policy.AUTO, AcknowledgementMode.ORIGINAL, ApplicationAck.SAME_CONNECTION);

        RecordingReply reply = listener.receive(both, refused);

        assertThat(reply.ends()).isOne();
        assertThat(reply.answers()).hasSize(told ? 1 : 0);
        if (told) {
            assertThat(reply.answer())
                    .contains("|P|9.9|||NE|NE\rMSA|AR|M1")
                    .contains("\rERR|")
                    .contains("unsupportedVersion");
        }
        assertThat(listener.receive(refused).answers())
                .as("none was agreed upon")
                .isEmpty();
        assertThat(listener.receive(both, refused.replace("|||" + accept, "|||AL"))
                        .answer())
                .as("the accept acknowledgement says it")
                .contains("MSA|CR|M1");
    }

    @ParameterizedTest
    @CsvSource({
        "'MSH|^~\\&|A|B|C|D|1||ADT^A01|X1|P|2.2', UNACCEPTABLE",
        "'no message', UNREADABLE",
        "'MSH|^~\\&|A|B|C|D|1||ACK|X1|P|2.5\rMSA|AE|Y1', UNACCEPTABLE",
    })
    @DisplayName("R46 What is turned away and could not be kept is not said to be kept: the sender is to come again")
    void shouldNotSayThatItKeepsWhatItCouldNotStore(String input, Reply.Refusal kept) {
        AcceptPolicy strict = policy(Set.of("P"), Set.of("2.5"), Set.of("ORU^R01"));
        String message = input.replace("\\r", "\r") + "\r";
        assertThat(listener.receive(strict, message).refusal()).isEqualTo(kept);

        listener.store.refuse("disk full");

        assertThat(listener.receive(strict, message).refusal()).isEqualTo(Reply.Refusal.STORAGE);
    }

    @ParameterizedTest
    @CsvSource({
        "'MSH|^~\\&|A|B|C|D|1||ADT^A01|X1|P|2.5', unsupportedType, 200",
        "'MSH|^~\\&|A|B|C|D|1|||X1|P|2.5', unsupportedType, 200",
        "'MSH|^~\\&|A|B|C|D|1||\"\"|X1|P|2.5', unsupportedType, 200",
        "'MSH|^~\\&|A|B|C|D|1||ORU^R32|X1|P|2.5', unsupportedEvent, 201",
        "'MSH|^~\\&|A|B|C|D|1||ORU^R01|X1|T|2.5', unsupportedProcessingId, 202",
        "'MSH|^~\\&|A|B|C|D|1||ORU^R01|X1|P|2.2', unsupportedVersion, 203",
    })
    @DisplayName("R13 R17 R18 An unacceptable MSH-9, MSH-11 or MSH-12 is AR, in enhanced mode CR, with its code in ERR")
    void shouldRejectWhatTheListenerDoesNotTake(String header, String reason, String code) {
        AcceptPolicy strict = policy(Set.of("P"), Set.of("2.5"), Set.of("ORU^R01", "OML"));

        String original = listener.receive(strict, header + "\r").answer();
        String enhanced = listener.receive(strict, header + "|||AL|NE\r").answer();

        assertThat(original).contains("MSA|AR|X1|");
        assertThat(enhanced).contains("MSA|CR|X1|");
        assertThat(listener.store.messages()).isEmpty();
        assertThat(listener.store.quarantined())
                .hasSize(2)
                .allMatch(each -> each.reason().equals(reason));
        assertThat(listener.events.told()).contains("quarantined " + reason, "rejected " + reason);
        if (!header.endsWith("2.2")) {
            assertThat(original).contains("|" + code + "^").contains("|E|" + reason + "^^L|");
        }
    }

    @Test
    @DisplayName("R48 R50 MSH that cannot be read in its own character set is AE: nobody can say where its fields are")
    void shouldRejectAHeaderThatContradictsItself() {
        String cutOff = "MSH|^~\\&|A|\u00EB|C|D|1||ADT^A01|X1|P|2.5||||||GB 18030-2000\rPID|1||7\r";

        RecordingReply reply = listener.receive(cutOff);

        assertThat(reply.answer()).contains("MSA|AE|").contains("|E|contradictoryCharacterSet^^L|");
        assertThat(listener.store.messages()).isEmpty();
        assertThat(listener.store.quarantined())
                .singleElement()
                .satisfies(kept -> assertThat(kept.reason()).isEqualTo("contradictoryCharacterSet"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P|2.5^DEU", "|2.5", "P^A|", "\"\"|\"\"", "T|2.3.1", "D|2.9.1", "P|2.5.1^^LSO"})
    @DisplayName("R13 R54 Empty, null and composite MSH-11 and MSH-12 are acceptable")
    void shouldTakeEmptyAndCompositeFields(String fields) {
        String header = "MSH|^~\\&|A|B|C|D|1||ADT^A01|X1|" + fields + "\r";

        assertThat(listener.receive(header).answer()).contains("MSA|AA|X1\r");
    }

    @ParameterizedTest
    @CsvSource({
        "AL, true, true",
        "ER, false, true",
        "SU, true, false",
        "NE, false, false",
        "XX, true, true",
    })
    @DisplayName("R18 R19 MSH-15 decides whether CA and CE are sent")
    void shouldFollowTheAcceptAcknowledgementType(String type, boolean onAccept, boolean onError) {
        assertThat(listener.receive(admission("M1", type, "NE")).answers()).hasSize(onAccept ? 1 : 0);
        listener.store.refuse("disk full");
        assertThat(listener.receive(admission("M2", type, "NE")).answers()).hasSize(onError ? 1 : 0);
    }

    @Test
    @DisplayName("R18 R20 CA says that the message is in safe storage, and asks for no acknowledgement itself")
    void shouldSendCaWithoutAskingForAnAnswer() {
        String answer = listener.receive(admission("M1", "AL", "AL")).answer();

        assertThat(answer).contains("\rMSA|CA|M1\r");
        assertThat(answer.substring(0, answer.indexOf('\r'))).endsWith("|P|2.5.1");
    }

    @Test
    @DisplayName("R14 R18 What the store refuses is AR in original mode and CE in enhanced mode")
    void shouldSayThatTheStoreCannotTakeIt() {
        listener.store.refuse("disk full");

        RecordingReply original = listener.receive(admission());
        assertThat(original.answer()).contains("MSA|AR|M1").contains("|207^").contains("|storage^^L|");
        assertThat(original.refusal()).isEqualTo(Refusal.STORAGE);
        assertThat(listener.receive(admission("M1", "AL", "AL")).answer()).contains("MSA|CE|M1");
        assertThat(listener.events.told())
                .containsExactly("received", "rejected storage", "received", "rejected storage");
    }

    @Test
    @DisplayName("R22 R21 After CA an application acknowledgement follows on the same connection, which asks for none")
    void shouldSendAnApplicationAcknowledgementOnTheSameConnection() {
        AcceptPolicy both =
                policy(AcknowledgementMode.Policy.AUTO, AcknowledgementMode.ORIGINAL, ApplicationAck.SAME_CONNECTION);

        RecordingReply reply = listener.receive(both, admission("M1", "AL", "AL"));

        assertThat(reply.ends()).isOne();
        assertThat(reply.answers()).hasSize(2);
        assertThat(reply.answers().get(0)).contains("|ACK^A01^ACK|K1|P|2.5.1\rMSA|CA|M1\r");
        assertThat(reply.answers().get(1)).contains("|ACK^A01^ACK|P1|P|2.5.1|||NE|NE\rMSA|AA|M1\r");
        assertThat(listener.receive(both, admission("M2", "NE", "SU")).answer()).contains("MSA|AA|M2\r");
        assertThat(listener.receive(both, admission("M3", "AL", "ER")).answer()).contains("MSA|CA|M3\r");
        assertThat(listener.receive(both, admission("M4", "", "")).answer()).contains("MSA|AA|M4\r");
    }

    @ParameterizedTest
    @CsvSource({"AL, ''", "'', AL", "'\"\"', NE"})
    @DisplayName("R23 R54 One of MSH-15 and MSH-16 alone is original mode with a warning, or what the listener says")
    void shouldTreatOneSidedMessagesByPolicy(String accept, String application) {
        AcceptPolicy enhanced =
                policy(AcknowledgementMode.Policy.AUTO, AcknowledgementMode.ENHANCED, ApplicationAck.NONE);

        assertThat(listener.receive(admission("M1", accept, application)).answer())
                .contains("MSA|AA|M1");
        assertThat(listener.events.told()).contains("warned oneSidedAcknowledgement");
        assertThat(listener.receive(enhanced, admission("M2", accept, application))
                        .answer())
                .contains("MSA|CA|M2");
    }

    @ParameterizedTest
    @CsvSource({"AL, AA, true", "ER, AE, true", "SU, AA, false", "NE, AA, false", "'', AE, false"})
    @DisplayName(
            "R17 R21 R32 An exchange of its own that asks for its accept acknowledgement has CE where nobody waits")
    void shouldEndTheExchangeOfAnUnsolicitedAcknowledgement(String asked, String code, boolean answered) {
        String header = "MSH|^~\\&|A|B|C|D|1||ACK^A01|X1|P|2.5|||" + asked + "|NE\r";

        RecordingReply reply = listener.receive(header + "MSA|" + code + "|M1\r");

        assertThat(reply.ends()).isOne();
        assertThat(reply.answers()).hasSize(answered ? 1 : 0);
        if (answered) {
            assertThat(reply.answer()).contains("MSA|CE|X1").contains("|unsolicitedAck^^L|");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AA", "AE", "CA", "CE", "CR"})
    @DisplayName("R32 A receipt is never the beginning of another exchange, whatever a partner makes of it")
    void shouldNotGoOnForEverAboutReceipts(String code) {
        String header = "MSH|^~\\&|A|B|C|D|1||ACK^A01|X1|P|2.5|||AL|NE\r";
        String receipt = listener.receive(header + "MSA|AE|M1\r").answer();
        String id = receipt.split("\\|")[9];

        RecordingReply again = listener.receive(header + "MSA|" + code + "|" + id + "\r");
        RecordingReply accept = listener.receive(header + "MSA|" + (code.equals("CA") ? "CA" : "CR") + "|M2\r");

        assertThat(again.answers()).isEmpty();
        assertThat(again.ends()).isOne();
        assertThat(accept.answers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACK", "ACK^A01^ACK", "MCF", ""})
    @DisplayName("R32 An acknowledgement is never acknowledged; one that is negative is kept")
    void shouldNeverAcknowledgeAnAcknowledgement(String type) {
        String header = "MSH|^~\\&|A|B|C|D|1||" + type + "|X1|P|2.5\r";

        RecordingReply positive = listener.receive(header + "MSA|AA|M1\r");
        RecordingReply negative = listener.receive(header + "MSA|AE|M1\r");

        assertThat(positive.ends()).isOne();
        assertThat(positive.answers()).isEmpty();
        assertThat(negative.ends()).isOne();
        assertThat(negative.answers()).isEmpty();
        assertThat(listener.store.messages()).isEmpty();
        assertThat(listener.store.quarantined())
                .singleElement()
                .matches(each -> each.reason().equals("unsolicitedAck"));
        assertThat(listener.events.told().stream().filter("rejected unsolicitedAck"::equals))
                .hasSize(2);
    }

    @Test
    @DisplayName("R32 A response that has a type of its own is a message like others")
    void shouldTakeResponsesWithATypeOfTheirOwn() {
        String response = "MSH|^~\\&|A|B|C|D|1||RSP^K22^RSP_K21|X1|P|2.5\rMSA|AA|Q1\rQAK|Q1|OK\r";

        assertThat(listener.receive(response).answer()).contains("MSA|AA|X1");
        assertThat(listener.store.messages()).hasSize(1);
    }

    @Test
    @DisplayName("R57 The same bytes inside the window get the stored ACK again, whatever the listener says by then")
    void shouldReturnStoredAckWhenTheSameMessageComesTwice() {
        AcceptPolicy enhanced = policy(
                AcknowledgementMode.Policy.ENHANCED, AcknowledgementMode.ENHANCED, ApplicationAck.SAME_CONNECTION);

        String first = listener.receive(admission()).answer();
        listener.wallMillis += Duration.ofHours(23).toMillis();
        String second = listener.receive(admission()).answer();
        String otherMode = listener.receive(enhanced, admission()).answer();

        assertThat(second).isEqualTo(first);
        assertThat(otherMode).isEqualTo(first);
        assertThat(listener.store.messages()).hasSize(1);
        assertThat(listener.events.told()).contains("duplicate 1");
        listener.wallMillis += Duration.ofHours(1).toMillis();
        assertThat(listener.receive(admission()).answer()).isNotEqualTo(first);
        assertThat(listener.store.messages()).hasSize(2);
    }

    @Test
    @DisplayName("R57 The same id with other bytes is a new message, with a warning")
    void shouldStoreTheSameIdWithOtherBytesAsNew() {
        listener.receive(admission());
        listener.receive(admission().replace("Lineo", "Thabo"));

        assertThat(listener.store.messages()).hasSize(2);
        assertThat(listener.events.told()).contains("accepted 2 for 0", "warned sameControlIdOtherBytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\""})
    @DisplayName("R57 Without MSH-10 a message is taken with a warning, and no duplicate is looked for")
    void shouldTakeMessagesWithoutControlId(String controlId) {
        listener.receive(admission(controlId, "", ""));
        String answer = listener.receive(admission(controlId, "", "")).answer();

        assertThat(answer).contains("\rMSA|AA|" + controlId + "\r");
        assertThat(listener.store.messages()).hasSize(2);
        assertThat(listener.events.told()).contains("warned missingControlId").doesNotContain("duplicate 1");
    }

    @Test
    @DisplayName("R12 R50 What is odd in a message is told once each, and its bytes stay as they came")
    void shouldWarnOfOdditiesAndKeepTheBytes() {
        String odd = "\n" + admission().replace("\r", "\n") + "not a segment \u00e9";

        assertThat(listener.receive(odd).answer()).contains("MSA|AA|M1\r");

        assertThat(listener.events.told())
                .contains(
                        "warned bytesBeforeMsh",
                        "warned lfSegmentEnd",
                        "warned missingLastCr",
                        "warned notASegment",
                        "warned guessedCharacterSet");
        assertThat(listener.store.messages().get(0).bytes()).isEqualTo(odd.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    @DisplayName("R55 R56 Z segments, further fields and a missing MSH-9.3 are no errors")
    void shouldIgnoreWhatItDoesNotExpect() {
        String message = admission().replace("^ADT_A01", "") + "ZPD|1|2|3\rPV1|1|I" + "|x".repeat(80) + "\r";

        assertThat(listener.receive(message).answer()).contains("MSA|AA|M1\r");
        assertThat(listener.events.told()).noneMatch(told -> told.startsWith("warned"));
        assertThat(listener.store.messages().get(0).keys().type()).isEqualTo("ADT^A01");
    }

    @Test
    @DisplayName("R25 R17 What cannot be read is kept, and answered with AR and the place, without any of its text")
    void shouldAnswerWhatItCannotRead() {
        RecordingReply reply = listener.receive("PID|1||LS-77||Mokoena\r");

        assertThat(reply.answer()).contains("MSA|AR|\r").contains("|noMsh^^L|").doesNotContain("Mokoena");
        assertThat(reply.refusal()).isEqualTo(Refusal.UNREADABLE);
        assertThat(listener.events.told()).containsExactly("received", "quarantined noMsh", "rejected noMsh");
    }

    @Test
    @DisplayName(
            "R6 A message that is too long is rejected with AR; cut off inside MSH it has no id to echo; no MSH, no AR")
    void shouldAnswerWhatIsTooLong() {
        RecordingReply whole = new RecordingReply();
        RecordingReply cut = new RecordingReply();
        Journey journey = listener.journey(AcceptedListener.DEFAULTS);

        journey.tooLong(received(admission()), 100, whole);
        journey.tooLong(received(admission().substring(0, 60)), 100, cut);

        RecordingReply none = new RecordingReply();
        journey.tooLong(received("Z".repeat(100)), 100, none);

        assertThat(whole.answer()).contains("MSA|AR|M1|").contains("100 bytes");
        assertThat(none.answers()).isEmpty();
        assertThat(none.refusal()).isEqualTo(Reply.Refusal.TOO_LONG);
        assertThat(cut.answer()).contains("MSA|AR|\r").contains("|tooLong^^L|");
        assertThat(listener.store.quarantined())
                .extracting(each -> each.reason())
                .containsOnly("tooLong");
    }

    @Test
    @DisplayName("A message that no route takes is stored and counted, or rejected where the listener says so")
    void shouldTreatUnroutedMessagesByPolicy() {
        assertThat(listener.receive(admission()).answer()).contains("MSA|AA|M1");
        assertThat(listener.receive(where(NoRoute.REJECT), admission()).answer())
                .contains("MSA|AR|M1|");
        assertThat(listener.events.told()).contains("unrouted 1", "rejected noRoute");
    }

    @Test
    @DisplayName("A message that no route takes is acknowledged and held where the listener says so")
    void shouldHoldUnroutedMessages() {
        assertThat(listener.receive(where(NoRoute.HOLD), admission()).answer()).contains("MSA|AA|M1");

        NewDelivery held = listener.store.messages().get(0).deliveries().get(0);
        assertThat(held.state()).isEqualTo(DeliveryState.HELD);
        assertThat(held.destination()).isEqualTo("(no route)");
        assertThat(held.reason()).isEqualTo("no route takes this message");
        assertThat(listener.events.told()).contains("accepted 1 for 0", "unrouted and held 1");
    }

    @Test
    @DisplayName("A delivery that its plan holds is told of once its message is stored")
    void shouldTellOfHeldDeliveries() {
        NewDelivery held = NewDelivery.asReceived("lis", 0).held("no row for the code");
        Journey journey = listener.journey(
                where(NoRoute.ACCEPT),
                (message, origin) -> new Plan(List.of(NewDelivery.asReceived("archive", 0), held), true, ""));

        journey.receive(received(admission()), new RecordingReply());

        assertThat(listener.events.told().stream().filter(event -> event.startsWith("held")))
                .containsExactly("held 1 for lis: no row for the code");
    }

    @Test
    @DisplayName("A message of which nothing goes out as the configuration wants it is stored, whatever onNoRoute says")
    void shouldTakeWhatIsDroppedOnPurpose() {
        for (NoRoute policy : NoRoute.values()) {
            RecordingReply reply = new RecordingReply();
            Journey journey = listener.journey(where(policy), (message, origin) -> new Plan(List.of(), true, ""));
            journey.receive(received(admission()), reply);
            assertThat(reply.answer()).as("%s", policy).contains("MSA|AA|M1");
        }

        assertThat(listener.store.messages())
                .hasSize(3)
                .allMatch(message -> message.deliveries().isEmpty());
        assertThat(listener.events.told()).noneMatch(event -> event.startsWith("unrouted"));
    }

    @Test
    @DisplayName("A message that a filter kept off every route is held or rejected with the filter's reason")
    void shouldSayWhichFilterKeptItOff() {
        String why = "filter tests: not for partners";
        for (NoRoute policy : List.of(NoRoute.HOLD, NoRoute.REJECT)) {
            listener.journey(where(policy), (message, origin) -> new Plan(List.of(), false, why))
                    .receive(received(admission()), new RecordingReply());
        }

        assertThat(listener.store.messages().get(0).deliveries().get(0).reason())
                .isEqualTo("no route takes this message: " + why);
        assertThat(listener.store.quarantined().get(0).detail()).isEqualTo("no route takes this message: " + why);
    }

    private static AcceptPolicy where(NoRoute onNoRoute) {
        return new AcceptPolicy(
                "ehr",
                "",
                Duration.ZERO,
                AcceptPolicy.ALL_PROCESSING_IDS,
                AcceptPolicy.ALL_VERSIONS,
                Set.of(),
                AcknowledgementMode.Policy.AUTO,
                AcknowledgementMode.ORIGINAL,
                ApplicationAck.NONE,
                onNoRoute);
    }

    @Test
    @DisplayName("R25 A bug met by one message is answered and kept, and its text is not told")
    void shouldSurviveAFaultOfTheEngine() {
        RecordingReply reply = new RecordingReply();
        Journey journey = listener.journey(AcceptedListener.DEFAULTS, (message, origin) -> {
            throw new IllegalStateException("Mokoena");
        });

        journey.receive(received(admission()), reply);

        assertThat(reply.answer())
                .contains("MSA|AR|M1|")
                .contains("|engineFault^^L|")
                .doesNotContain("Mokoena");
        assertThat(reply.refusal()).as("not worth another try").isEqualTo(Refusal.FAULT);
        assertThat(listener.store.quarantined()).hasSize(1);
    }

    @Test
    @DisplayName("F13 A bug after the plan is answered and kept as well")
    @SuppressWarnings("NullAway") // The bug.
    void shouldSurviveAFaultBehindThePlan() {
        RecordingReply reply = new RecordingReply();
        Journey journey = listener.journey(AcceptedListener.DEFAULTS, (message, origin) -> null);

        journey.receive(received(admission()), reply);

        assertThat(reply.answer()).contains("MSA|AR|M1|").contains("|engineFault^^L|");
        assertThat(listener.store.quarantined()).hasSize(1);
    }
}
