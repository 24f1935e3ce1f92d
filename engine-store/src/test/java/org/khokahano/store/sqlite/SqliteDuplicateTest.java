package org.khokahano.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.khokahano.store.contract.Letters.message;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.khokahano.store.AppendResult.Outcome;
import org.khokahano.store.MessageStore;
import org.khokahano.store.contract.DuplicateContract;
import org.khokahano.store.contract.StoreBounds;

/** The promises about duplicates over SQLite, and what its files add to them. */
final class SqliteDuplicateTest extends DuplicateContract {

    @Override
    protected MessageStore open(Path place, StoreBounds bounds) {
        return SqliteStores.open(place, bounds);
    }

    @Override
    protected Path crashImage(Path place) throws IOException {
        return SqliteStores.crashImage(place);
    }

    @Test
    @DisplayName("R57 a file of older duplicates that is damaged, missing or foreign is made again from the journal")
    void shouldMakeFilesAgainThatAreDamagedOrMissing() throws IOException {
        StoreBounds small = new StoreBounds(100, 32 << 20, 10);
        reopen(directory, small);
        for (int i = 0; i < 60; i++) {
            session.append(message("" + i, "m" + i));
        }
        session.close();
        List<Path> files = files();
        assertThat(files).hasSizeBetween(10, 40);
        byte[] damaged = Files.readAllBytes(files.get(files.size() / 2));
        damaged[damaged.length - 3] ^= 1;
        Files.write(files.get(files.size() / 2), damaged);
        shouldAllBeDuplicates(small, 60);

        Files.delete(files().get(0));
        shouldAllBeDuplicates(small, 60);

        List<Path> whole = files();
        Files.copy(whole.get(1), whole.get(3), StandardCopyOption.REPLACE_EXISTING);
        shouldAllBeDuplicates(small, 60);
    }

    @Test
    @DisplayName("R57 a file that can no longer be read while the engine runs is made again from the journal")
    void shouldMakeAFileAgainThatCanNoLongerBeRead() throws IOException {
        StoreBounds small = new StoreBounds(100, 32 << 20, 10);
        reopen(directory, small);
        for (int i = 0; i < 60; i++) {
            session.append(message("" + i, "m" + i));
        }
        for (Path file : files()) {
            Files.write(file, new byte[0]);
        }
        for (int i = 0; i < 60; i++) {
            assertThat(session.append(message("" + i, "m" + i)).outcome()).isEqualTo(Outcome.DUPLICATE);
        }
    }

    private void shouldAllBeDuplicates(StoreBounds bounds, int messages) {
        reopen(directory, bounds);
        for (int i = 0; i < messages; i++) {
            assertThat(session.append(message("" + i, "m" + i)).outcome())
                    .as("message %s", i)
                    .isEqualTo(Outcome.DUPLICATE);
        }
        session.close();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> file.toString().endsWith(".run"))
                    .sorted(Comparator.comparing(Path::toString, Comparator.comparingInt(String::length))
                            .thenComparing(Path::toString))
                    .toList();
        }
    }
}
