package org.khokahano.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("socket")
class SinkCommandTest {
    private static final Pattern PORT = Pattern.compile("listening on 127\\.0\\.0\\.1:([0-9]+)");
    private static final String MESSAGE = "MSH|^~\\&|EHR|QMMH|HUB|MOH|20260101||ADT^A01|%s|P|2.5.1\rPID|1||P1\r";

    private final StringWriter out = new StringWriter();

    @TempDir
    private Path directory;

    private CompletableFuture<Integer> start(Object... options) {
        List<Object> arguments = new ArrayList<>(List.of("sink", "0"));
        arguments.addAll(List.of(options));
        return CompletableFuture.supplyAsync(() -> CommandRun.run(out, new StringWriter(), arguments.toArray()));
    }

    private int port() {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> PORT.matcher(out.toString()).find());
        Matcher matcher = PORT.matcher(out.toString());
        assertThat(matcher.find()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private CommandRun send(String... controlIds) throws IOException {
        StringBuilder content = new StringBuilder();
        for (String controlId : controlIds) {
            content.append(MESSAGE.formatted(controlId));
        }
        Path file = Files.writeString(directory.resolve("messages.hl7"), content);
        return CommandRun.of("send", "127.0.0.1:" + port(), file);
    }

    @Test
    void shouldEndAfterSoManyMessagesAndTellOfEachWithoutItsBody() throws Exception {
        CompletableFuture<Integer> sink = start("--count", 2);

        assertThat(send("A1", "A2").exitCode()).isZero();

        assertThat(sink.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(out.toString())
                .contains("ADT^A01", "A1", "A2", " B  AA", "2 messages received")
                .doesNotContain("PID|");
    }

    @Test
    void shouldAnswerEveryNthMessageAsTold() throws Exception {
        CompletableFuture<Integer> sink = start("--count", 3, "--every", 3, "--answer", "AE", "--bodies");

        CommandRun send = send("A1", "A2", "A3");

        assertThat(send.exitCode()).isEqualTo(1);
        assertThat(send.out()).contains("MSA|AA|A1", "MSA|AA|A2", "MSA|AE|A3", "2 of 3 messages accepted");
        assertThat(sink.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(out.toString()).contains("    PID|1||P1");
    }

    @Test
    void shouldSaveTheBytesThatCame() throws Exception {
        Path saved = directory.resolve("received");
        CompletableFuture<Integer> sink = start("--count", 1, "--quiet", "--save", saved);

        send("../A1");

        assertThat(sink.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(saved.resolve("000001-___A1.hl7")).hasContent(MESSAGE.formatted("../A1"));
    }

    @Test
    void shouldSayInOneLineThatThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            CommandRun sink = CommandRun.of("sink", taken.getLocalPort());

            assertThat(sink.exitCode()).isEqualTo(1);
            assertThat(sink.err()).startsWith("khoka: cannot listen on").hasLineCount(1);
        }
    }
}
