package org.khokahano.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.event.EngineEvents;
import org.khokahano.store.archive.QuarantinedInput;
import org.khokahano.store.archive.UnresolvedQuery;

@Tag("socket")
class FlowEngineTest {

    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final String TAKES_FRAGMENTS = "accept: {continuation: {timeout: 1h}}";

    @TempDir
    private Path directory;

    private final ScriptedPartner partner = new ScriptedPartner();

    private EngineUnderTest start(String listenerKeys, String more) throws IOException {
        EngineUnderTest under = new EngineUnderTest(directory, partner.port(), "", listenerKeys, more);
        under.start();
        return under;
    }

    @AfterEach
    void stop() throws IOException {
        partner.close();
    }

    private static String message(String controlId, String mode, String follows, String segments) {
        return "MSH|^~\\&|LAB|QMMH|LIS|NRL|20261123080000||ORU^R01^ORU_R01|" + controlId + "|P|2.5.1||" + follows + "|"
                + mode + "\r" + segments;
    }

    private String received(int number) {
        Awaitility.await().atMost(WITHIN).until(() -> partner.received().size() > number);
        return partner.received().get(number);
    }

    @Test
    @DisplayName("R38 R40 R41 fragments are acknowledged one by one, and one message is delivered")
    void shouldDeliverOneMessage() throws IOException, InterruptedException {
        try (EngineUnderTest under = start(TAKES_FRAGMENTS, "")) {
            assertThat(under.exchange(message("F1", "", "", "PID|1||4711\rOBX|1|FT|TXT||one\rADD|\rDSC|P1|F\r")))
                    .contains("MSA|AA|F1");
            assertThat(under.exchange(message("F2", "", "P1", "ADD| two\rADD| three\rDSC|P2|F\r")))
                    .contains("MSA|AA|F2");
            assertThat(partner.received()).isEmpty();
            String last = message("F3", "", "P2", "NTE|1||end\r");
            String answer = under.exchange(last);
            assertThat(answer).contains("MSA|AA|F3");

            assertThat(received(0))
                    .isEqualTo(message("F1", "", "", "PID|1||4711\rOBX|1|FT|TXT||one two three\rNTE|1||end\r"));
            assertThat(under.exchange(last)).as("R57 the stored answer").isEqualTo(answer);
            assertThat(under.metric("khoka_fragments_total{listener=\"in\",what=\"joined\"}"))
                    .isEqualTo(1);
            assertThat(under.metric("khoka_fragments_total{listener=\"in\",what=\"kept\"}"))
                    .isEqualTo(3);
            assertThat(under.metric("khoka_messages_accepted_total{listener=\"in\"}"))
                    .isEqualTo(1);
            assertThat(partner.received()).hasSize(1);
        }
    }

    @Test
    @DisplayName("R40 F21 A message whose fragments come before and after a change of the configuration is one message")
    void shouldPutTogetherOverAChange() throws Exception {
        try (EngineUnderTest under = start(TAKES_FRAGMENTS, "")) {
            assertThat(under.exchange(message("F1", "", "", "PID|1||4711\rOBX|1|FT|TXT||one\rADD|\rDSC|P1|F\r")))
                    .contains("MSA|AA|F1");
            assertThat(under.get("/api/fragments/pending").body())
                    .contains("\"controlId\":\"F1\"", "\"fragments\":1", "\"complete\":false");
            Path file = directory.resolve("engine.yaml");
            Files.writeString(file, Files.readString(file).replace("{timeout: 1h}", "{timeout: 2h}"));
            under.engine.switchTo(
                    2,
                    ConfigurationReader.read(directory, name -> Optional.empty())
                            .config()
                            .orElseThrow(),
                    () -> {});
            assertThat(under.exchange(message("F2", "", "P1", "ADD| two\rNTE|1||end\r")))
                    .contains("MSA|AA|F2");

            assertThat(received(0))
                    .isEqualTo(message("F1", "", "", "PID|1||4711\rOBX|1|FT|TXT||one two\rNTE|1||end\r"));
            assertThat(under.get("/api/fragments/pending").body()).doesNotContain("controlId");
        }
    }

    @Test
    @DisplayName("R42 fragments that came to a listener that takes none any more go to quarantine with the change")
    void shouldGiveUpFragmentsOfAListenerThatTakesNoneAnyMore() throws Exception {
        try (EngineUnderTest under = start(TAKES_FRAGMENTS, "")) {
            under.exchange(message("F1", "", "", "PID|1||4711\rDSC|P1|F\r"));
            Path file = directory.resolve("engine.yaml");
            Files.writeString(file, Files.readString(file).replace("continuation: {timeout: 1h}", "duplicates: 1h"));
            under.engine.switchTo(
                    2,
                    ConfigurationReader.read(directory, name -> Optional.empty())
                            .config()
                            .orElseThrow(),
                    () -> {});

            Awaitility.await()
                    .atMost(WITHIN)
                    .untilAsserted(() -> assertThat(under.engine.archive().quarantine(Long.MAX_VALUE, 10))
                            .extracting(QuarantinedInput::detail)
                            .containsExactly("fragment 1: its listener takes no fragments any more"));
            assertThat(under.get("/api/fragments/pending").body()).doesNotContain("controlId");
        }
    }

    @Test
    @DisplayName("R40 the application acknowledgement comes after the last accept acknowledgement and names the first")
    void shouldNameTheFirstInTheApplicationAcknowledgement() throws IOException {
        String keys = "accept: {applicationAck: sameConnection, continuation: {}}";
        try (EngineUnderTest under = start(keys, "")) {
            assertThat(under.exchange(message("F1", "AL|AL", "", "PID|1||4711\rDSC|P1|F\r")))
                    .contains("MSA|CA|F1");
            List<String> answers = under.exchangeAll(framed(message("F2", "AL|AL", "P1", "NTE|1||end\r")), 2);
            assertThat(answers.get(0)).contains("MSA|CA|F2");
            assertThat(answers.get(1)).contains("MSA|AA|F1");
        }
    }

    @Test
    @DisplayName("R39 a fragment that follows nothing is refused with a reason, and kept in quarantine")
    void shouldRefuseAFragmentThatFollowsNothing() throws IOException {
        try (EngineUnderTest under = start(TAKES_FRAGMENTS, "")) {
            assertThat(under.exchange(message("F2", "", "P1", "NTE|1||end\r")))
                    .contains("MSA|AE|F2")
                    .contains("no message waits for a fragment with this pointer");
            assertThat(under.engine.archive().quarantine(Long.MAX_VALUE, 10))
                    .extracting(QuarantinedInput::reason)
                    .containsExactly("continuation");
        }
    }

    @Test
    @DisplayName("R42 a DSC that nothing follows in time: its fragments go to quarantine with the reason")
    void shouldGiveUpAfterTheTimeout() throws IOException {
        try (EngineUnderTest under = start("accept: {continuation: {timeout: 300ms}}", "")) {
            under.exchange(message("F1", "", "", "PID|1||4711\rDSC|P1|F\r"));
            Awaitility.await()
                    .atMost(WITHIN)
                    .untilAsserted(() -> assertThat(under.engine.archive().quarantine(Long.MAX_VALUE, 10))
                            .singleElement()
                            .satisfies(input -> {
                                assertThat(input.reason()).isEqualTo("unfinished");
                                assertThat(input.detail())
                                        .isEqualTo("fragment 1: the rest of its message did not come within 300 ms");
                            }));
        }
    }

    @Test
    @DisplayName(
            "R39 R40 R41 a long message goes out in fragments, and an engine at the other end makes it whole again")
    void shouldSplitAndJoinTheSameMessage() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        try (EngineUnderTest joining = new EngineUnderTest(other, partner.port(), "", TAKES_FRAGMENTS, "")) {
            joining.start();
            int port = Awaitility.await()
                    .atMost(WITHIN)
                    .until(() -> joining.engine.listeners().get(0).address(), Objects::nonNull)
                    .getPort();
            try (EngineUnderTest splitting =
                    new EngineUnderTest(directory, port, "", "", "    continuation: {split: 1KB}\n")) {
                splitting.start();
                String text = "\\T\\ \u00e9".repeat(900);
                String message = message("L1", "", "", "PID|1||4711\rOBX|1|FT|TXT||" + text + "\r")
                        .replace("|P|2.5.1||||", "|P|2.5.1||||||8859/1");
                assertThat(splitting.exchange(message)).contains("MSA|AA|L1");

                assertThat(received(0)).isEqualTo(message);
            }
        }
    }

    @Test
    @DisplayName("R38 R21 a fragment that asks for acknowledgements is not longer than the partner takes")
    void shouldAskBeforeItCuts() throws IOException {
        String keys = "    continuation: {split: 1KB}\n    applicationAck: {ask: AL, within: 1h}\n";
        try (EngineUnderTest under = start("", keys)) {
            String text = "x".repeat(5_000);
            under.exchange(message("L1", "", "", "PID|1||4711\rOBX|1|FT|TXT||" + text + "\r"));
            received(4);
            assertThat(partner.received())
                    .allSatisfy(
                            fragment -> assertThat(fragment).contains("|AL|AL").hasSizeLessThanOrEqualTo(1_000));
        }
    }

    @Test
    @DisplayName("R43 R44 a batch over MLLP is done when its answer names each message; the receiver stores each once")
    void shouldSendBatchesOverMllp() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        try (EngineUnderTest receiving = new EngineUnderTest(other, partner.port())) {
            receiving.start();
            int port = Awaitility.await()
                    .atMost(WITHIN)
                    .until(() -> receiving.engine.listeners().get(0).address(), Objects::nonNull)
                    .getPort();
            try (EngineUnderTest gathering =
                    new EngineUnderTest(directory, port, "", "", "    batch: {messages: 4, wait: 200ms}\n")) {
                gathering.start();
                for (int n = 1; n <= 4; n++) {
                    gathering.exchange(message("B" + n, "", "", "PID|1||4711\r"));
                }
                Awaitility.await().atMost(WITHIN).until(() -> partner.received().size() == 4);
                assertThat(partner.received())
                        .extracting(message -> message.split("\\|")[9])
                        .containsExactly("B1", "B2", "B3", "B4");
                Awaitility.await()
                        .atMost(WITHIN)
                        .until(() -> gathering.engine.destinations().stream()
                                .allMatch(destination -> destination.depth() == 0));
            }
        }
    }

    @Test
    @DisplayName("P3 what a connection sends right behind a last fragment is delivered behind its message")
    void shouldKeepTheOrderOfAConnection() throws IOException {
        try (EngineUnderTest under = start(TAKES_FRAGMENTS, "")) {
            StringBuilder frames = new StringBuilder();
            for (int n = 0; n < 20; n++) {
                frames.append(framed(message("A" + n, "", "", "PID|1||4711\rDSC|P" + n + "|F\r")))
                        .append(framed(message("B" + n, "", "P" + n, "NTE|1||end\r")))
                        .append(framed(message("C" + n, "", "", "PID|1||4711\r")));
            }
            assertThat(under.exchangeAll(frames.toString(), 60)).allMatch(answer -> answer.contains("MSA|AA|"));
            Awaitility.await().atMost(WITHIN).until(() -> partner.received().size() == 40);
            for (int n = 0; n < 20; n++) {
                assertThat(partner.received().get(2 * n)).contains("|A" + n + "|P|");
                assertThat(partner.received().get(2 * n + 1)).contains("|C" + n + "|P|");
            }
        }
    }

    private static String framed(String message) {
        return '\u000b' + message + "\u001c\r";
    }

    private Engine startAt(Path place, String yaml) throws IOException {
        Files.createDirectories(place);
        Files.writeString(place.resolve("engine.yaml"), yaml);
        Engine made = EngineAssembly.assemble(
                ConfigurationReader.read(place, name -> Optional.empty())
                        .config()
                        .orElseThrow(),
                Optional.of(place.resolve("data")),
                new EngineEvents() {});
        made.start();
        return made;
    }

    private static int port(Engine engine) {
        return Objects.requireNonNull(engine.listeners().get(0).address()).getPort();
    }

    @Test
    @DisplayName("R43 R44 a batch over HTTP: what its answer refuses becomes a dead letter, the others are delivered")
    void shouldDealWithEachMessageOfABatchOverHttp() throws IOException {
        Engine receiving = startAt(directory.resolve("receiving"), """
                engine: receiving
                admin: {listen: "127.0.0.1:0"}
                listeners: {in: {http: {port: 0, host: 127.0.0.1}, accept: {types: [ORU]}}}
                routes: {all: {to: [lis]}}
                destinations: {lis: {mllp: {host: 127.0.0.1, port: %d}}}
                """.formatted(partner.port()));
        Engine gathering = startAt(directory.resolve("gathering"), """
                engine: gathering
                admin: {listen: "127.0.0.1:0"}
                listeners: {in: {mllp: {port: 0, host: 127.0.0.1}}}
                routes: {all: {to: [hub]}}
                destinations:
                  hub:
                    http: {url: "http://127.0.0.1:%d/hl7"}
                    batch: {messages: 3, wait: 1h}
                    answers: {AR: deadLetter}
                """.formatted(port(receiving)));
        try {
            String refused = message("H2", "", "", "PID|1||4712\r").replace("ORU^R01^ORU_R01", "ADT^A08^ADT_A01");
            for (String message :
                    List.of(message("H1", "", "", "PID|1||4711\r"), refused, message("H3", "", "", "PID|1||4713\r"))) {
                assertThat(EngineUnderTest.exchange(port(gathering), message)).contains("MSA|AA|");
            }
            Awaitility.await()
                    .atMost(WITHIN)
                    .until(() -> gathering.destinations().stream().allMatch(destination -> destination.depth() == 0));
            // What is settled leaves the lane at once; the store says so with its next commit, the partner after that.
            Awaitility.await().atMost(WITHIN).untilAsserted(() -> {
                assertThat(gathering.archive().unresolved(UnresolvedQuery.deadLetters(10)))
                        .hasSize(1);
                assertThat(partner.received()).hasSize(2);
            });
            assertThat(partner.received().get(0)).contains("|H1|P|");
            assertThat(partner.received().get(1)).contains("|H3|P|");
        } finally {
            gathering.stop();
            receiving.stop();
        }
    }
}
