package org.khokahano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.event.EngineEvents;
import org.khokahano.store.sqlite.SqliteMessageStore;
import org.khokahano.store.sqlite.SqliteStoreSettings;

@Tag("socket")
class StoreCommandTest {

    @TempDir
    private Path directory;

    private Path data;

    @BeforeEach
    void makeStore() {
        data = directory.resolve("data");
        SqliteMessageStore.open(SqliteStoreSettings.in(data), new EngineEvents() {})
                .close();
    }

    @Test
    void shouldFindASoundStoreSound() {
        CommandRun verify = CommandRun.of("store", "verify", data);

        assertThat(verify.exitCode()).isZero();
        assertThat(verify.out()).contains("OK  ", "0 messages");
    }

    @Test
    void shouldEndWith1WhenTheStoreIsDamaged() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(data.resolve("journal.db").toFile(), "rw")) {
            file.seek(4096);
            file.write(new byte[8192]);
        }

        CommandRun verify = CommandRun.of("store", "verify", data);

        assertThat(verify.exitCode()).isEqualTo(1);
        assertThat(verify.out() + verify.err()).contains("restore").doesNotContain("\tat ");
    }

    @Test
    void shouldTellWhatTheStoreHolds() {
        CommandRun info = CommandRun.of("store", "info", data);

        assertThat(info.exitCode()).isZero();
        assertThat(info.out()).contains("messages     0", "schema       version", "deliveries");
    }

    @Test
    void shouldBackUpAndRestore() {
        Path backup = directory.resolve("backup.db");
        Path restored = directory.resolve("restored");

        assertThat(CommandRun.of("store", "backup", data, backup).exitCode()).isZero();
        assertThat(backup).exists();
        CommandRun again = CommandRun.of("store", "backup", data, backup);
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("exists").hasLineCount(1);
        assertThat(CommandRun.of("store", "restore", backup, restored).exitCode())
                .isZero();
        assertThat(CommandRun.of("store", "verify", restored).exitCode()).isZero();
        assertThat(CommandRun.of("store", "restore", backup, restored).exitCode())
                .isEqualTo(1);
        CommandRun forced = CommandRun.of("store", "restore", "--force", backup, restored);
        assertThat(forced.exitCode()).isZero();
        assertThat(forced.out()).contains("what was there before is now in");
    }

    @Test
    void shouldSayInOneLineThatThereIsNoStore() {
        CommandRun verify = CommandRun.of("store", "verify", directory.resolve("nowhere"));

        assertThat(verify.exitCode()).isEqualTo(1);
        assertThat(verify.err()).startsWith("khoka: there is no store").hasLineCount(1);
        assertThat(Files.exists(directory.resolve("nowhere"))).isFalse();
    }

    @Test
    void shouldAskWhatToDoWhenThatIsMissing() {
        CommandRun store = CommandRun.of("store");

        assertThat(store.exitCode()).isEqualTo(2);
        assertThat(store.err()).contains("verify, info, backup, restore or trust-clock");
    }
}
