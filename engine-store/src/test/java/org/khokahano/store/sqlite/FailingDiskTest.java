package org.khokahano.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.event.EngineEvents;
import org.khokahano.store.QueuedDelivery;
import org.khokahano.store.contract.StoreSession;

/** A child JVM whose fsync really fails, or is slow, by a library laid over the C library's. */
@Tag("crash")
final class FailingDiskTest {

    private static final int DEATH_SECONDS = 60;

    @TempDir
    Path directory;

    private Path library;
    private Path trigger;

    @BeforeEach
    void compileTheLibrary() throws IOException, InterruptedException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "skipped: LD_PRELOAD is Linux's");
        library = directory.resolve("failing_disk.so");
        trigger = directory.resolve("trigger");
        assumeTrue(
                succeeds("cc", "-shared", "-fPIC", "-o", library.toString(), "src/test/c/failing_disk.c", "-ldl"),
                "skipped: there is no C compiler (cc) to build the failing disk with");
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private ChildProcess start(String variable) throws IOException {
        return ChildProcess.start(
                directory.resolve("data"),
                0,
                "none",
                0,
                DEATH_SECONDS,
                Map.of("LD_PRELOAD", library.toString(), variable, trigger.toString()));
    }

    @Test
    @DisplayName("F4 P5 once fsync has failed nothing is stored any more, even after it works again")
    void shouldStoreNothingMoreOnceFsyncHasFailed() throws Exception {
        try (ChildProcess child = start("KHOKA_FAIL_WHEN")) {
            await().atMost(Duration.ofSeconds(20)).until(() -> child.stored.size() > 500);
            Files.createFile(trigger);
            long failedAt = System.nanoTime();

            await().atMost(Duration.ofSeconds(1))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> !child.refusedNanos.isEmpty() && child.failedNanos != null);
            int storedThen = child.stored.size();
            Files.delete(trigger);
            int refusedThen = child.refusedNanos.size();
            await().atMost(Duration.ofSeconds(10)).until(() -> child.refusedNanos.size() > refusedThen + 500);

            assertThat(child.refusedNanos.get(0) - failedAt)
                    .isLessThan(Duration.ofSeconds(1).toNanos());
            assertThat(child.stored).hasSize(storedThen);
            child.kill();
            shouldHold(child);
        }
    }

    private void shouldHold(ChildProcess child) {
        assertThat(new StoreMaintenance(MaintenanceProgress.NONE)
                        .verify(directory.resolve("data"))
                        .findings())
                .isEmpty();
        try (StoreSession session = new StoreSession(
                SqliteMessageStore.open(SqliteStoreSettings.in(directory.resolve("data")), new EngineEvents() {}))) {
            Set<Long> queued = new HashSet<>();
            session.queued("lis").stream().map(QueuedDelivery::id).forEach(queued::add);
            List<Long> lost = child.stored.stream()
                    .map(ChildProcess.Stored::id)
                    .filter(id -> !queued.contains(id) && !child.marked.contains(id))
                    .toList();
            assertThat(lost).isEmpty();
        }
    }

    @Test
    @DisplayName("F6 an fsync of 200 ms slows, and loses and refuses nothing")
    void shouldGoOnWithASlowDisk() throws Exception {
        try (ChildProcess child = start("KHOKA_SLOW_WHEN")) {
            await().atMost(Duration.ofSeconds(20)).until(() -> child.stored.size() > 100);
            Files.createFile(trigger);
            int before = child.stored.size();
            await().atMost(Duration.ofSeconds(20)).until(() -> child.stored.size() > before + 200);
            child.kill();

            assertThat(child.refusedNanos).isEmpty();
            assertThat(child.stored).extracting(ChildProcess.Stored::id).isSorted();
            shouldHold(child);
        }
    }
}
