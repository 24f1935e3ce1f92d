package org.khokahano.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class MessageSplitTest {

    private static final String MSH = "MSH|^~\\&|LAB|QMMH|HUB|MOH|20261123||ORU^R01|M1|P|2.5.1|";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Message read(byte[] bytes) {
        try {
            return Message.read(bytes);
        } catch (UnreadableMessageException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Message> messages(List<byte[]> fragments) {
        return fragments.stream().map(MessageSplitTest::read).toList();
    }

    private static String joined(List<byte[]> fragments) {
        return new String(MessageFragment.join(messages(fragments)), StandardCharsets.ISO_8859_1);
    }

    @Test
    @DisplayName("R38 ADD continues the segment before it, and consecutive ADDs append")
    void shouldAppendConsecutiveAdds() {
        String message = MSH + "\rOBX|1|FT|TXT||one\rADD| two\rADD| three|||F\rNTE|1||end\r";

        assertThat(joined(List.of(bytes(message)))).isEqualTo(MSH + "\rOBX|1|FT|TXT||one two three|||F\rNTE|1||end\r");
    }

    @Test
    @DisplayName("R39 R41 an empty ADD before DSC says that the next fragment's ADD continues the segment")
    void shouldContinueASegmentOverTheEndOfAFragment() {
        List<byte[]> fragments = List.of(
                bytes(MSH + "\rOBX|1|FT|TXT||one\rADD|\rDSC|P1|F\r"),
                bytes(MSH + "|P1\rADD| two\rADD|\rDSC|P2|F\r"),
                bytes(MSH + "|P2\rADD| three|||F\rNTE|1||end\r"));

        assertThat(joined(fragments)).isEqualTo(MSH + "\rOBX|1|FT|TXT||one two three|||F\rNTE|1||end\r");
    }

    @Test
    @DisplayName("R39 without an ADD the segments of the next fragment simply follow")
    void shouldFollowWithWholeSegments() {
        List<byte[]> fragments =
                List.of(bytes(MSH + "\rOBX|1|NM|HB||12\rDSC|P1|F\r"), bytes(MSH + "|P1\rOBX|2|NM|HT||36\r"));

        assertThat(joined(fragments)).isEqualTo(MSH + "\rOBX|1|NM|HB||12\rOBX|2|NM|HT||36\r");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\rDSC|P1|I\r", "\rQPD|Q22^Find^HL7|1\rDSC|P1\r", "\rQAK|1|OK\rDSC|P1\r", "\rDSC|\r"})
    @DisplayName("R42 interactive continuation belongs to queries: such a message is whole")
    void shouldLeaveInteractiveContinuationAlone(String segments) {
        assertThat(MessageFragment.of(read(bytes(MSH + segments)))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "'\rDSC|P1|F\rNTE|1\r', DSC is not the last segment",
        "'\rDSC|P1|F\rDSC|P2|F\r', there is more than one DSC",
        "'\rADD|x\rNTE|1\r', ADD has no segment before it that it could continue"
    })
    @DisplayName("R38 R39 what breaks the protocol is said without content")
    void shouldSayWhatIsWrong(String segments, String problem) {
        MessageFragment fragment = Objects.requireNonNull(MessageFragment.of(read(bytes(MSH + segments))));
        assertThat(fragment.problem()).isEqualTo(problem);
    }

    private static byte[] random(Charset charset, String name, Random random, String alphabet) {
        StringBuilder text = new StringBuilder(MSH).append("|||||").append(name).append('\r');
        int segments = 1 + random.nextInt(20);
        for (int i = 0; i < segments; i++) {
            text.append("OBX|").append(i).append("|FT|");
            int length = random.nextInt(4) == 0 ? random.nextInt(4_000) : random.nextInt(200);
            for (int c = 0; c < length; c++) {
                int choice = random.nextInt(20);
                text.append(
                        choice == 0
                                ? "\\X0D0A\\"
                                : choice == 1
                                        ? "\\T\\"
                                        : choice == 2
                                                ? "|"
                                                : choice == 3
                                                        ? "~"
                                                        : alphabet.substring(
                                                                c % alphabet.length(), c % alphabet.length() + 1));
            }
            text.append('\r');
        }
        return text.toString().getBytes(charset);
    }

    @ParameterizedTest
    @CsvSource({
        "US-ASCII, '', abc defg",
        "ISO-8859-1, 8859/1, aé üß",
        "UTF-8, UNICODE UTF-8, aš€ ṱ漢",
        "GB18030, GB 18030-2000, a漢字œ",
        "Big5, BIG-5, a功許b",
        "EUC-KR, KS X 1001, a한국b",
    })
    @DisplayName(
            "R39 R41 fragments are short enough, cut no character and no escape sequence, and join to the same bytes")
    void shouldJoinToTheSameBytes(String charset, String name, String alphabet) {
        Random random = new Random(20261123);
        Charset encoding = Charset.forName(charset);
        for (int round = 0; round < 40; round++) {
            byte[] message = random(encoding, name, random, alphabet);
            List<byte[]> fragments = MessageSplit.split(message, 1_000, "F1");

            assertThat(joined(fragments)).isEqualTo(new String(message, StandardCharsets.ISO_8859_1));
            for (byte[] fragment : fragments) {
                assertThat(fragment.length).isLessThanOrEqualTo(1_000);
                String text = new String(fragment, encoding);
                assertThat(text.getBytes(encoding)).as("whole characters").isEqualTo(fragment);
                for (String segment : text.split("\r")) {
                    assertThat(segment.startsWith("MSH")
                                    || segment.replaceAll("\\\\(X0D0A|T)\\\\", "")
                                                    .indexOf('\\')
                                            < 0)
                            .as("whole escape sequences")
                            .isTrue();
                }
            }
        }
    }

    @Test
    @DisplayName("R30 R39 each fragment has an MSH-10 of its own, linked by DSC-1 and MSH-14, the same each time")
    void shouldLinkFragmentsByDurableIds() {
        byte[] message = bytes(MSH + "\rOBX|1|FT|TXT||" + "x".repeat(3_000) + "\r");
        List<byte[]> fragments = MessageSplit.split(message, 1_000, "F1");
        List<String> ids = new ArrayList<>();
        String pointer = "";
        for (Message fragment : messages(fragments)) {
            ids.add(fragment.get("MSH-10"));
            assertThat(fragment.get("MSH-14")).isEqualTo(pointer);
            pointer = fragment.get("DSC-1");
        }

        assertThat(ids).containsExactly("M1", "M1.2", "M1.3", "M1.4");
        assertThat(pointer).isEmpty();
        assertThat(MessageSplit.split(message, 1_000, "F1")).containsExactlyElementsOf(fragments);
    }

    @Test
    @DisplayName("R39 where MSH-10 leaves no room, the delivery's number makes the ids")
    void shouldMakeIdsOfTheDeliveryWhereMsh10IsLong() {
        byte[] message = bytes(MSH.replace("|M1|", "|A-VERY-LONG-ID-12345|") + "\rOBX|" + "x".repeat(1_500) + "\r");

        assertThat(messages(MessageSplit.split(message, 1_000, "F7Z")))
                .extracting(fragment -> fragment.get("MSH-10"))
                .containsExactly("A-VERY-LONG-ID-12345", "F7Z.2");
    }

    @Test
    @DisplayName("R39 a fragment, what fits, and what cannot be cut go as they are")
    void shouldLeaveOthersWhole() {
        byte[] fragment = bytes(MSH + "|P0\rOBX|" + "x".repeat(1_500) + "\rDSC|P1|F\r");
        byte[] escape = bytes(MSH + "\rOBX|1|ED|\\X" + "0D".repeat(800) + "\\\r");
        byte[] fits = bytes(MSH + "\rOBX|1\r");

        for (byte[] whole : List.of(fragment, escape, fits)) {
            assertThat(MessageSplit.split(whole, 1_000, "F1")).containsExactly(whole);
        }
    }
}
