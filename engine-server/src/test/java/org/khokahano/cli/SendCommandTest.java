package org.khokahano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.khokahano.cli.peer.Sink;
import org.khokahano.cli.peer.SinkAnswer;
import org.khokahano.cli.peer.SinkSettings;
import org.khokahano.config.value.HostPort;

@Tag("socket")
class SendCommandTest {
    private static final String MESSAGE = "MSH|^~\\&|EHR|QMMH|HUB|MOH|20260101||ADT^A01|%s|P|2.5.1\nPID|1||P1\n";

    private final List<String> received = new CopyOnWriteArrayList<>();

    @TempDir
    private Path directory;

    private Sink sink(SinkAnswer answer) {
        return new Sink(
                new SinkSettings(new HostPort("127.0.0.1", 0), Duration.ZERO, (message, number) -> answer),
                (number, bytes, message, given) -> received.add(new String(bytes, StandardCharsets.UTF_8)));
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("messages.hl7"), content);
    }

    @Test
    void shouldSendEachMessageOfAFileAndPrintItsAcknowledgement() throws IOException {
        Path file = file("BHS|^~\\&\n" + MESSAGE.formatted("A1") + "\n" + MESSAGE.formatted("A2") + "BTS|2\n");
        try (Sink sink = sink(SinkAnswer.AA)) {
            CommandRun send = CommandRun.of("send", "127.0.0.1:" + sink.open(), file);

            assertThat(send.exitCode()).isZero();
            assertThat(send.out())
                    .contains("#1  ADT^A01  A1  AA", "    MSA|AA|A1", "    MSA|AA|A2", "2 of 2 messages accepted");
            assertThat(send.err()).contains("skipped: BHS (1)", "skipped: BTS (1)", "line ends changed to CR");
            assertThat(received)
                    .containsExactly(
                            MESSAGE.formatted("A1").replace('\n', '\r'),
                            MESSAGE.formatted("A2").replace('\n', '\r'));
        }
    }

    @Test
    void shouldSendLineEndsAsTheyAreWhenThatIsAskedFor() throws IOException {
        try (Sink sink = sink(SinkAnswer.AA)) {
            CommandRun.of("send", "--keep-line-ends", "127.0.0.1:" + sink.open(), file(MESSAGE.formatted("A1")));

            assertThat(received).containsExactly(MESSAGE.formatted("A1"));
        }
    }

    @ParameterizedTest
    @CsvSource({"AE,AE", "AR,AR", "WRONG_ID,another message", "NONE,no answer within", "DROP,no answer: "})
    void shouldEndWith1WhenAMessageIsNotAccepted(SinkAnswer answer, String words) throws IOException {
        try (Sink sink = sink(answer)) {
            CommandRun send = CommandRun.of(
                    "send", "--timeout", "300ms", "127.0.0.1:" + sink.open(), file(MESSAGE.formatted("A1")));

            assertThat(send.exitCode()).isEqualTo(1);
            assertThat(send.out()).contains(words, "0 of 1 message accepted");
        }
    }

    @Test
    void shouldSayInOneLineThatNobodyListens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        CommandRun send = CommandRun.of("send", "127.0.0.1:" + port, file(MESSAGE.formatted("A1")));

        assertThat(send.exitCode()).isEqualTo(1);
        assertThat(send.err().lines())
                .last()
                .asString()
                .startsWith("khoka: cannot connect to 127.0.0.1:" + port)
                .endsWith("is something listening there?");
    }

    @Test
    void shouldSayInOneLineThatThereIsNoFileOrNoMessageInIt() throws IOException {
        CommandRun missing = CommandRun.of("send", "127.0.0.1:1", directory.resolve("nothing.hl7"));
        CommandRun empty = CommandRun.of("send", "127.0.0.1:1", file("PID|1\n"));

        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err()).startsWith("khoka: there is no file").hasLineCount(1);
        assertThat(empty.exitCode()).isEqualTo(1);
        assertThat(empty.err()).contains("no line of it begins with MSH").hasLineCount(1);
    }

    @Test
    void shouldEndWith2WhenTheCommandIsWrittenWrongly() {
        CommandRun send = CommandRun.of("send", "localhost", "file");

        assertThat(send.exitCode()).isEqualTo(2);
        assertThat(send.err())
                .contains("write a host and a port", "khoka send --help")
                .doesNotContain("\tat ");
    }
}
