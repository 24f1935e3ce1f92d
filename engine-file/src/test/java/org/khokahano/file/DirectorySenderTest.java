package org.khokahano.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;

@Tag("unit")
class DirectorySenderTest {

    private static final byte[] MESSAGE =
            "MSH|^~\\&|LAB|||||| ORU^R01|../x|P|2.5\r".replace("| ORU", "|ORU").getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path directory;

    private final TestExecutor executor = new TestExecutor();

    @AfterEach
    void close() {
        executor.close();
    }

    private SendOutcome send(Path path, byte[] payload) throws Exception {
        DirectorySenderSettings settings =
                new DirectorySenderSettings(path, new FileName("{messageId}-{deliveryId}.hl7"), Duration.ofSeconds(30));
        DirectorySender sender = new DirectorySender("out", settings, executor);
        CompletableFuture<SendOutcome> outcome = new CompletableFuture<>();
        executor.execute(() -> sender.send(7, 12, payload, outcome::complete));
        return outcome.get(30, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("A delivery becomes one whole file, however often it is made")
    void shouldWriteOneFile() throws Exception {
        assertThat(send(directory, MESSAGE).kind()).isEqualTo(OutcomeKind.AA);
        assertThat(send(directory, MESSAGE).kind()).isEqualTo(OutcomeKind.AA);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(directory.resolve("000000000007-000000000012.hl7"));
        }
        assertThat(directory.resolve("000000000007-000000000012.hl7")).hasBinaryContent(MESSAGE);
    }

    @Test
    @DisplayName("Another file of the same name is not overwritten")
    void shouldOverwriteNothing() throws Exception {
        Path other = Files.writeString(directory.resolve("000000000007-000000000012.hl7"), "another");
        SendOutcome outcome = send(directory, MESSAGE);
        assertThat(outcome.kind()).isEqualTo(OutcomeKind.REFUSED);
        assertThat(outcome.detail()).contains("another content");
        assertThat(other).hasContent("another");
    }

    @Test
    @DisplayName("A directory that is not there refuses, and the delivery is tried again")
    void shouldRefuseWithoutTheDirectory() throws Exception {
        SendOutcome outcome = send(directory.resolve("gone"), MESSAGE);
        assertThat(outcome.kind()).isEqualTo(OutcomeKind.REFUSED);
        assertThat(outcome.outcomeUnknown()).isFalse();
        assertThat(outcome.detail()).contains("no such file or directory");
    }

    @Test
    @DisplayName("Names hold only what no path can be made of")
    void shouldMakeSafeNames() {
        assertThat(new FileName("{type}-{controlId}-{deliveryId}.hl7").of(1, 2, MESSAGE))
                .isEqualTo("ORU_R01-___x-000000000002.hl7");
        assertThatIllegalArgumentException().isThrownBy(() -> new FileName("../{deliveryId}"));
        assertThatIllegalArgumentException().isThrownBy(() -> new FileName("{patient}-{deliveryId}"));
        assertThatIllegalArgumentException().isThrownBy(() -> new FileName("{messageId}"));
    }
}
