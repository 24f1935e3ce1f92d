package org.khokahano.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.accept.Reply.Refusal;
import org.khokahano.event.EngineEvents;
import org.khokahano.loop.EngineClock;

/** Real files in a real directory. */
@Tag("unit")
class DirectoryListenerTest {

    private static final Duration WITHIN = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private final ScriptedIntake intake = new ScriptedIntake();
    private final TestExecutor executor = new TestExecutor();
    private boolean whole;
    private boolean utf16;
    private int maxMessage = 1_000;
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final EngineEvents events = new EngineEvents() {
        @Override
        public void warned(String listener, String warning) {
            warnings.add(warning);
        }
    };
    private final List<DirectoryListener> started = new ArrayList<>();

    private DirectoryListener start(Duration settle) {
        DirectoryListener listener = listener(settle);
        started.add(listener);
        listener.start();
        return listener;
    }

    private DirectoryListener listener(Duration settle) {
        return listener(directory, false, settle);
    }

    private DirectoryListener listener(Path directory, boolean create, Duration settle) {
        DirectoryListenerSettings settings = new DirectoryListenerSettings(
                directory,
                create,
                "*.hl7",
                FileOrder.NAME,
                settle,
                Duration.ofMillis(20),
                directory.resolve("processed"),
                directory.resolve("failed"),
                false,
                maxMessage,
                whole,
                false,
                utf16);
        return new DirectoryListener(settings, intake, executor, events, EngineClock.system());
    }

    @AfterEach
    void stop() {
        started.forEach(DirectoryListener::close);
        executor.close();
    }

    private static String message(String id) {
        return "MSH|^~\\&|LAB|QMMH|||20261122||ORU^R01|" + id + "|P|2.5\rPID|1\r";
    }

    private void put(String name, String content) throws IOException {
        Path part = Files.writeString(directory.resolve(name + ".part"), content);
        Files.move(part, directory.resolve(name));
    }

    private List<String> names(String where) throws IOException {
        Path place = directory.resolve(where);
        if (!Files.exists(place)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    @DisplayName("Files are read in the order of their names, and moved when all is durable; others stay")
    void shouldReadInOrder() throws IOException {
        put("b.hl7", message("3"));
        put("a.hl7", message("1") + message("2"));
        put("c.txt", message("4"));
        DirectoryListener listener = start(Duration.ZERO);
        await().atMost(WITHIN).until(() -> names("processed").equals(List.of("a.hl7", "b.hl7")));
        assertThat(intake.taken).containsExactly(message("1"), message("2"), message("3"));
        assertThat(directory.resolve("c.txt")).exists();
        assertThat(listener.problem()).isEmpty();
    }

    @Test
    @DisplayName("R51 Files in UTF-16 are read where that is said, as UTF-8; one that is cut off fails with the reason")
    void shouldReadUtf16() throws IOException {
        utf16 = true;
        String text = message("1").replace("PID|1", "PID|1||\u4E0B\uD83D\uDE00".repeat(9_000)) + message("2");
        byte[] little = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE);
        Files.write(directory.resolve("a.hl7"), little);
        Files.write(directory.resolve("b.hl7"), Arrays.copyOf(little, little.length - 1));
        put("c.hl7", message("3"));
        maxMessage = 1_000_000;
        start(Duration.ZERO);
        await().atMost(WITHIN).until(() -> names("processed").equals(List.of("a.hl7", "c.hl7")));
        String named = text.replace("|P|2.5\r", "|P|2.5||||||UNICODE UTF-8\r");
        assertThat(String.join("", intake.taken)).startsWith(latin(named)).endsWith(message("3"));
        assertThat(directory.resolve("failed/b.hl7.reason.txt")).content().contains("half a character");
    }

    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @Test
    @DisplayName("A file with a refused message fails with the reason beside it; its other messages are taken")
    void shouldTellWhatWasRefused() throws IOException {
        intake.script = message -> message.contains("|2|P") ? Refusal.UNACCEPTABLE : null;
        put("a.hl7", message("1") + message("2") + message("3"));
        put("b.hl7", "");
        put("c.hl7", "Lerato^Test");
        start(Duration.ZERO);
        await().atMost(WITHIN).until(() -> names("failed").size() == 6);
        assertThat(intake.taken).containsExactly(message("1"), message("3"));
        assertThat(directory.resolve("failed/a.hl7.reason.txt"))
                .content()
                .contains("2 messages of this file were taken, 1 was refused", "message 2: this listener");
        assertThat(directory.resolve("failed/b.hl7.reason.txt")).content().contains("it is empty");
        assertThat(directory.resolve("failed/c.hl7.reason.txt"))
                .content()
                .contains("no line begins with MSH")
                .doesNotContain("Lerato");
    }

    @Test
    @DisplayName(
            "The reason of a failure goes when the mended file was processed, and stays while the failed file does")
    void shouldRemoveTheReasonWhenTheMendedFileWasProcessed() throws IOException {
        intake.script = message -> message.contains("|2|P") ? Refusal.UNACCEPTABLE : null;
        put("a.hl7", message("2"));
        put("b.hl7", message("2"));
        start(Duration.ZERO);
        await().atMost(WITHIN).until(() -> names("failed").size() == 4);

        Files.delete(directory.resolve("failed/a.hl7"));
        put("a.hl7", message("3"));
        put("b.hl7", message("4"));

        await().atMost(WITHIN).until(() -> names("processed").equals(List.of("a.hl7", "b.hl7")));
        await().atMost(WITHIN).until(() -> names("failed").equals(List.of("b.hl7", "b.hl7.reason.txt")));
    }

    @Test
    @DisplayName("A file whose BTS counts wrongly is taken, with a warning")
    void shouldWarnOfAWrongCount() throws IOException {
        put("a.hl7", "BHS|^~\\&\r" + message("1") + "BTS|2\r");
        start(Duration.ZERO);
        await().atMost(WITHIN).until(() -> names("processed").size() == 1);
        assertThat(intake.taken).containsExactly(message("1"));
        assertThat(warnings).containsExactly("brokenBatch");
    }

    @Test
    @DisplayName("With a format a file is one input, its bytes as they are; its refused records are told by number")
    void shouldHandOverWholeFiles() throws IOException {
        whole = true;
        intake.records.put("S1;\r\nS2;\r\n", Map.of(2, "line 2: a value is missing", 1, ""));
        intake.script = input -> input.startsWith("S1") ? Refusal.UNREADABLE : null;
        put("a.hl7", "S0;1\r\n\nMSH\n");
        put("b.hl7", "S1;\r\nS2;\r\n");
        put("c.hl7", "");
        put("d.hl7", "x".repeat(1_001));
        put("e.hl7", "x".repeat(1_000));
        start(Duration.ZERO);
        await().atMost(WITHIN)
                .until(() -> names("failed").size() == 6 && names("processed").size() == 2);
        assertThat(intake.taken).containsExactly("S0;1\r\n\nMSH\n", "x".repeat(1_000));
        assertThat(directory.resolve("failed/b.hl7.reason.txt"))
                .content()
                .startsWith("1 message of this file was taken, 1 was refused.\nrecord 2: line 2: a value is missing\n");
        assertThat(directory.resolve("failed/c.hl7.reason.txt")).content().contains("it is empty");
        assertThat(directory.resolve("failed/d.hl7.reason.txt")).content().contains("longer than this listener takes");
    }

    @Test
    @DisplayName("A whole file of which a record could not be stored is offered again")
    void shouldOfferAWholeFileAgain() throws IOException {
        whole = true;
        AtomicBoolean full = new AtomicBoolean(true);
        intake.records.put("S1;1\n", Map.of(1, "not stored"));
        intake.script = input -> full.getAndSet(false) ? Refusal.STORAGE : null;
        put("a.hl7", "S1;1\n");
        start(Duration.ZERO);
        await().atMost(WITHIN).until(() -> intake.taken.equals(List.of("S1;1\n")));
    }

    @Test
    @DisplayName("While the store takes nothing the file waits, and nothing behind it is read")
    void shouldWaitForTheStore() throws IOException {
        AtomicBoolean full = new AtomicBoolean(true);
        intake.script = message -> full.get() && message.contains("|2|P") ? Refusal.STORAGE : null;
        put("a.hl7", message("1") + message("2"));
        put("b.hl7", message("3"));
        DirectoryListener listener = start(Duration.ZERO);
        await().atMost(WITHIN).until(() -> listener.problem().contains("store takes nothing"));
        assertThat(intake.taken).containsExactly(message("1"));
        full.set(false);
        await().atMost(WITHIN).until(() -> names("processed").size() == 2);
        assertThat(intake.taken).containsExactly(message("1"), message("2"), message("3"));
        assertThat(listener.problem()).isEmpty();
    }

    @Test
    @DisplayName("A stop in the middle of a file goes on behind the last message that was taken")
    void shouldGoOnWhereItStopped() throws IOException {
        AtomicBoolean full = new AtomicBoolean(true);
        intake.script = message -> full.get() && message.contains("|2|P") ? Refusal.STORAGE : null;
        put("a.hl7", message("1") + message("2"));
        DirectoryListener listener = start(Duration.ZERO);
        await().atMost(WITHIN).until(() -> listener.problem().contains("store takes nothing"));
        listener.close();
        await().atMost(WITHIN).until(() -> listener.problem().equals("stopped"));
        full.set(false);
        start(Duration.ZERO);
        await().atMost(WITHIN).until(() -> names("processed").size() == 1);
        assertThat(intake.taken).containsExactly(message("1"), message("2"));
    }

    @Test
    @DisplayName("What a crash left claimed is read before anything else")
    void shouldReadWhatACrashLeft() throws IOException {
        Files.createDirectories(directory.resolve(".claimed"));
        Files.writeString(directory.resolve(".claimed/z.hl7"), message("1"));
        put("a.hl7", message("2"));
        start(Duration.ZERO);
        await().atMost(WITHIN).until(() -> names("processed").size() == 2);
        assertThat(intake.taken).containsExactly(message("1"), message("2"));
    }

    @Test
    @DisplayName("A file that changed a moment ago holds up those behind it")
    void shouldLetFilesSettle() throws IOException {
        put("a.hl7", message("1"));
        DirectoryListener listener = start(Duration.ofDays(1));
        put("b.hl7", message("2"));
        assertThat(listener.problem()).isEmpty();
        assertThat(intake.taken).isEmpty();
        assertThat(directory.resolve("a.hl7")).exists();
    }

    @Test
    @DisplayName("A second listener of one directory reads nothing and says why")
    void shouldKeepASecondListenerOut() {
        start(Duration.ZERO);
        try (DirectoryListener second = listener(Duration.ZERO)) {
            second.start();
            await().atMost(WITHIN).until(() -> second.problem().contains("another engine reads this directory"));
        }
    }

    @Test
    @DisplayName("A directory that is not there is made only where that is wanted: it could be a share to be mounted")
    void shouldMakeItsDirectoryWhereWanted() {
        Path missing = directory.resolve("in");
        try (DirectoryListener waiting = listener(missing, false, Duration.ZERO)) {
            waiting.start();
            await().atMost(WITHIN).until(() -> waiting.problem().contains("there is no such directory"));
            assertThat(missing).doesNotExist();
        }
        try (DirectoryListener making = listener(missing, true, Duration.ZERO)) {
            making.start();
            await().atMost(WITHIN).until(() -> making.problem().isEmpty());
            assertThat(missing).isDirectory();
        }
    }

    @Test
    @DisplayName("A name that is taken among the processed files gets the time added; nothing is overwritten")
    void shouldOverwriteNothing() throws IOException {
        start(Duration.ZERO);
        put("a.hl7", message("1"));
        await().atMost(WITHIN).until(() -> names("processed").size() == 1);
        put("a.hl7", message("2"));
        await().atMost(WITHIN).until(() -> names("processed").size() == 2);
        assertThat(directory.resolve("processed/a.hl7")).hasContent(message("1"));
    }
}
