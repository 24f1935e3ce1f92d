package org.khokahano.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class DraftTest {
    private static final String RESULT = "MSH|^~\\&|A|B|||20261122||ORU^R01^ORU_R01|1|P|2.5.1\r"
            + "PID|1||47~48\rOBR|1||F1\rOBX|1|NM|HB\rNTE|1||n\rOBR|2||F2\rOBX|2|NM|NA\r";

    @Test
    void shouldReadWhatWasWrittenBefore() throws UnreadableMessageException {
        Draft draft = draft();

        draft.set(path("PID-5.2"), "Pal^sa");
        draft.set(path("PID-3[2].4"), "X");

        assertThat(draft.get(path("PID-5.2"))).isEqualTo("Pal^sa");
        assertThat(draft.text(path("PID-5"))).isEqualTo("^Pal^sa");
        assertThat(draft.all(path("PID-3"))).containsExactly("47", "48");
        assertThat(draft.repetitions(path("PID-3"))).isEqualTo(2);
        assertThat(draft.presence(path("PID-6"))).isEqualTo(Presence.ABSENT);
        assertThat(text(draft)).contains("PID|1||47~48^^^X||^Pal\\S\\sa\r");
    }

    @Test
    @DisplayName("HL7 2.5.3 components at the end of a field that hold nothing have no separators")
    void shouldLeaveNoSeparatorsBehindWhenTheLastComponentIsEmptied() throws UnreadableMessageException {
        Draft draft = draft();
        draft.setRaw(path("PID-5"), "A^B^C&&D^^E~F^G".getBytes(StandardCharsets.US_ASCII));

        draft.set(path("MSH-9.3"), "");
        draft.remove(path("PID-5.5"));
        draft.remove(path("PID-5.3.3"));
        draft.remove(path("PID-5.1"));
        draft.remove(path("PID-5[2].2"));

        assertThat(text(draft)).contains("|ORU^R01|1|").contains("||^B^C~F\r");
    }

    @Test
    void shouldBeTheMessageItselfWhereNothingChanged() throws UnreadableMessageException {
        Message message = message();
        Draft draft = Draft.of(message);

        draft.set(path("OBR-3"), "F1");

        assertThat(draft.toMessage()).isSameAs(message);
    }

    @Test
    void shouldLookInsideFirstThenBefore() throws UnreadableMessageException {
        Draft draft = draft();

        List<Stretch> results = draft.stretches("OBX");
        draft.enter(results.get(1));

        assertThat(draft.get(path("OBX-3"))).isEqualTo("NA");
        assertThat(draft.get(path("OBR-3"))).isEqualTo("F2");
        assertThat(draft.get(path("OBX[1]-3"))).isEqualTo("NA");
        assertThat(draft.placeOf(path("OBX-3"))).isEqualTo(path("OBX[2]-3"));
        draft.leave();
        assertThat(draft.get(path("OBX-3"))).isEqualTo("HB");
    }

    @Test
    void shouldKeepStretchesTrueWhenSegmentsComeAndGo() throws UnreadableMessageException {
        Draft draft = draft();
        List<Stretch> results = draft.stretches("OBX");

        draft.enter(results.get(0));
        draft.append("ZZZ|1");
        draft.leave();
        draft.remove(path("NTE"));
        draft.enter(results.get(1));
        draft.set(path("OBX-5"), "140");
        draft.append("ZZZ|2");
        draft.leave();

        assertThat(text(draft)).endsWith("OBR|1||F1\rOBX|1|NM|HB\rZZZ|1\rOBR|2||F2\rOBX|2|NM|NA||140\rZZZ|2\r");
    }

    @Test
    void shouldMeanTheRepetitionThatIsWalkedOver() throws UnreadableMessageException {
        Draft draft = draft();
        Stretch patient = Objects.requireNonNull(draft.stretch(path("PID")));

        draft.enter(patient, path("PID-3"), 2);
        draft.set(path("PID-3.5"), "MR");

        assertThat(draft.get(path("PID-3"))).isEqualTo("48");
        assertThat(text(draft)).contains("PID|1||47~48^^^^MR\r");
    }

    @Test
    void shouldWriteToTheLastSegmentOfWhatIsBuilt() throws UnreadableMessageException {
        Draft source = draft();
        Draft built = Draft.building(source.toMessage(new boolean[source.segmentCount()]));

        built.append(source, path("OBX[*]"));
        built.set(path("OBX-5"), "x");

        assertThat(text(built)).endsWith("|2.5.1\rOBX|1|NM|HB\rOBX|2|NM|NA||x\r");
    }

    private static MessagePath path(String text) {
        return MessagePath.parse(text);
    }

    private static Draft draft() throws UnreadableMessageException {
        return Draft.of(message());
    }

    private static Message message() throws UnreadableMessageException {
        return Message.read(RESULT.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(Draft draft) {
        return new String(draft.toMessage().bytes(), StandardCharsets.US_ASCII);
    }
}
