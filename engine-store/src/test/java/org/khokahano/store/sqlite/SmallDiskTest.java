package org.khokahano.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.khokahano.store.contract.Letters.message;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.event.EngineEvents;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;
import org.khokahano.store.AppendResult.Outcome;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.Mark;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.contract.Letters;
import org.khokahano.store.contract.RecordingQueue;
import org.khokahano.store.contract.StoreSession;

/** A real file system of 64 MB, filled to its brim; needs the right to mount one. */
@Tag("crash")
final class SmallDiskTest {

    @TempDir
    Path directory;

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    @DisplayName("F5 P5 a disk that fills up: refused before it is full, marks go on, resumes by itself")
    void shouldRefuseBeforeTheDiskIsFullAndResume() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(
                succeeds("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk.toString()),
                "skipped: this user may not mount a small file system");
        try {
            fill(disk);
        } finally {
            succeeds("umount", "--lazy", disk.toString());
        }
    }

    private static void fill(Path disk) throws IOException {
        Path ballast = Files.write(disk.resolve("ballast"), new byte[24 << 20]);
        try (StoreSession session = new StoreSession(
                SqliteMessageStore.open(SqliteStoreSettings.in(disk.resolve("data")), new EngineEvents() {}))) {
            RecordingQueue queue = session.recordingQueue();
            int stored = 0;
            String text = "x".repeat(20_000);
            while (append(session, stored, text) == Outcome.STORED) {
                stored++;
                assertThat(stored).as("refused before the disk is full").isLessThan(3_200);
            }
            assertThat(Files.getFileStore(disk).getUsableSpace()).isGreaterThan(1 << 20);

            int all = stored;
            await().until(() -> queue.ids().size() == all);
            List<Long> ids = queue.ids();
            ids.forEach(id -> session.mark(new Mark(
                    id,
                    DeliveryState.DELIVERED,
                    1,
                    Letters.NOON,
                    1,
                    new SendOutcome(OutcomeKind.AA, new byte[0], "", false),
                    "",
                    false)));
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(
                                    session.store().backlog("lis", 1)[0].depth())
                            .isZero());

            Files.delete(ballast);
            await().atMost(Duration.ofSeconds(10)).until(() -> append(session, 1_000_000, text) != Outcome.REFUSED);
        }
        assertThat(new StoreMaintenance(MaintenanceProgress.NONE)
                        .verify(disk.resolve("data"))
                        .findings())
                .isEmpty();
    }

    private static Outcome append(StoreSession session, int number, String text) {
        return session.append(message("" + number, text, NewDelivery.asReceived("lis", 0)))
                .outcome();
    }
}
