package org.khokahano.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.engine.EngineUnderTest;
import org.khokahano.engine.ScriptedPartner;
import picocli.CommandLine;

@Tag("socket")
class AdminCommandsTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private final ScriptedPartner partner = new ScriptedPartner();
    private EngineUnderTest running;
    private String out = "";
    private String err = "";

    @BeforeEach
    void start() throws IOException {
        running = new EngineUnderTest(directory, partner.port());
        running.start();
    }

    @AfterEach
    void close() throws IOException {
        running.close();
        partner.close();
    }

    /** Runs a command against the engine; its admin port is a free one and so has to be named. */
    private int khoka(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(
                2,
                List.of(directory.toString(), "--admin", running.adminAddress().toString()));
        return run(all.toArray(String[]::new));
    }

    private int run(String... arguments) {
        StringWriter written = new StringWriter();
        StringWriter told = new StringWriter();
        CommandLine command = Khoka.commandLine();
        command.setOut(new PrintWriter(written, true));
        command.setErr(new PrintWriter(told, true));
        int exit = command.execute(arguments);
        out = written.toString();
        err = told.toString();
        return exit;
    }

    @Test
    @DisplayName("messages search, show, resend and export work against a running engine")
    void shouldFindShowResendAndExportAMessage() throws IOException {
        String message = EngineUnderTest.admission("C1", "4711", "Mokoena^Lerato");
        running.exchange(message);
        await().atMost(SOON).until(() -> partner.received().size() == 1);

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(khoka("messages", "search", "--patient", "4711", "--from", "1h"))
                    .isZero();
            assertThat(out).contains("ADT^A01", "C1", "4711", "lis DELIVERED").doesNotContain("Mokoena");
        });
        assertThat(khoka("messages", "search", "--patient", "nobody")).isZero();
        assertThat(out).contains("none found");

        assertThat(khoka("messages", "show", "1")).isZero();
        assertThat(out)
                .contains("controlId: C1", "delivery 1 to lis: DELIVERED")
                .doesNotContain("Mokoena");
        assertThat(khoka("messages", "show", "1", "--body")).isEqualTo(2);
        assertThat(khoka("messages", "show", "1", "--body", "--reason", "test")).isZero();
        assertThat(out.lines()).containsExactlyElementsOf(message.lines().toList());

        assertThat(khoka("messages", "resend", "1", "--reason", "lost there")).isZero();
        assertThat(out).contains("message 1 sent again as message 2");
        await().atMost(SOON).untilAsserted(() -> assertThat(partner.received()).containsExactly(message, message));
        assertThat(khoka("messages", "resend", "99", "--reason", "lost there")).isEqualTo(1);

        Path to = directory.resolve("export");
        assertThat(khoka("messages", "export", "--to", to.toString(), "--reason", "audit"))
                .isZero();
        try (Stream<Path> files = Files.list(to)) {
            assertThat(files).hasSize(2);
        }
        assertThat(to.resolve("1.hl7")).hasContent(message);
    }

    @Test
    @DisplayName("R36 R21 sequence list and set, and acks pending, work against a running engine")
    void shouldShowAndSetSequenceNumbers() {
        assertThat(khoka("sequence", "list")).isZero();
        assertThat(out).contains("none found");
        assertThat(khoka("sequence", "set", "--destination", "lis", "--next", "4711", "--reason", "agreed"))
                .isZero();
        assertThat(out).contains("destination lis: next is 4711");
        assertThat(khoka("sequence", "list")).isZero();
        assertThat(out).contains("destination", "lis", "4710", "4711", "START");
        assertThat(khoka("sequence", "set", "--destination", "lis", "--resynchronise", "--reason", "restored"))
                .isZero();
        assertThat(khoka("sequence", "set", "--listener", "in", "--next", "1", "--reason", "typing error"))
                .isEqualTo(1);
        assertThat(err).contains("there are no sequence numbers");
        assertThat(khoka("sequence", "set", "--destination", "lis", "--next", "0", "--reason", "none"))
                .isEqualTo(1);
        assertThat(khoka("acks", "pending", "--destination", "lis")).isZero();
        assertThat(out).contains("none found");
    }

    @Test
    @DisplayName("dead-letters list, show, resend and skip work against a running engine")
    void shouldListResendAndSkipDeadLetters() throws IOException {
        partner.answerWith("AE");
        running.exchange(EngineUnderTest.admission("C1", "1", "Mokoena^Lerato"));
        running.exchange(EngineUnderTest.admission("C2", "2", "Mokoena^Lerato"));
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(khoka("dead-letters", "list", "--destination", "lis", "--json"))
                    .isZero();
            assertThat(out).contains("\"controlId\" : \"C1\"", "\"controlId\" : \"C2\"");
        });
        assertThat(khoka("dead-letters", "list", "--by-cause")).isZero();
        assertThat(out.lines().skip(1).findFirst())
                .hasValueSatisfying(line -> assertThat(line).startsWith("2 ").contains("lis", "AE"));
        assertThat(khoka("dead-letters", "show", "1")).isZero();
        assertThat(out).contains("delivery 1 to lis: DEAD_LETTER");

        assertThat(khoka("dead-letters", "skip", "1", "--reason", "by telephone"))
                .isZero();
        partner.answerWith("AA");
        int before = partner.received().size();
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(khoka("dead-letters", "list", "--json")).isZero();
            assertThat(out).doesNotContain("C1");
        });
        assertThat(khoka("dead-letters", "resend", "--outcome", "AE", "--reason", "mended"))
                .isZero();
        assertThat(out.lines()).containsExactly("delivery 2 sent again with message 3");
        await().atMost(SOON).until(() -> partner.received().size() == before + 1);
        assertThat(khoka("dead-letters", "resend", "--reason", "mended")).isEqualTo(2);
    }

    @Test
    @DisplayName("destinations and quarantine work against a running engine")
    void shouldPauseResumeAndListQuarantine() throws IOException {
        assertThat(khoka("destinations", "pause", "lis", "--reason", "upgrade")).isZero();
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(khoka("destinations", "list")).isZero();
            assertThat(out).contains("PAUSED", "upgrade").doesNotContain("RUNNING");
        });
        assertThat(khoka("destinations", "resume", "lis")).isZero();
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(khoka("destinations", "list")).isZero();
            assertThat(out).contains("RUNNING").doesNotContain("PAUSED");
        });
        assertThat(khoka("destinations", "pause", "nobody", "--reason", "x")).isEqualTo(1);
        assertThat(err).contains("there is no destination 'nobody'");

        running.exchange("no message");
        assertThat(khoka("quarantine", "list")).isZero();
        assertThat(out).contains("noMsh").doesNotContain("no message");
        assertThat(khoka("quarantine", "show", "1")).isZero();
        assertThat(out).contains("reason: noMsh");
        assertThat(khoka("quarantine", "show", "1", "--body", "--reason", "test"))
                .isZero();
        assertThat(out).contains("no message");
    }

    @Test
    @DisplayName("Where no engine answers, or the token is wrong, the command says what to do")
    void shouldSayWhatToDoWhenNoEngineAnswers() throws IOException {
        Path wrong = Files.writeString(directory.resolve("wrong.token"), "x".repeat(43));
        assertThat(khoka("messages", "search", "--token-file", wrong.toString()))
                .isEqualTo(77);
        assertThat(err).contains("admin.token");

        String address = running.adminAddress().toString();
        running.close();
        assertThat(run("messages", "search", directory.toString(), "--admin", address))
                .isEqualTo(69);
        assertThat(err).contains("no engine answers at " + address, "khoka run");
        assertThat(run("messages", "search", directory.resolve("nowhere").toString()))
                .isEqualTo(78);
    }
}
