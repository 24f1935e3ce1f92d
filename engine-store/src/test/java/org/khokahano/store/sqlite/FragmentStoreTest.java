package org.khokahano.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.khokahano.event.EngineEvents;
import org.khokahano.store.AppendResult;
import org.khokahano.store.NewMessage;
import org.khokahano.store.NewMessage.BusinessKeys;
import org.khokahano.store.SequenceClaim;
import org.khokahano.store.SequenceLink;
import org.khokahano.store.contract.StoreSession;
import org.khokahano.store.fragment.FragmentLimits;
import org.khokahano.store.fragment.FragmentReading;
import org.khokahano.store.fragment.FragmentResult;
import org.khokahano.store.fragment.FragmentResult.Outcome;
import org.khokahano.store.fragment.FragmentStore;
import org.khokahano.store.fragment.NewFragment;
import org.khokahano.store.fragment.PendingFragments;

@Tag("disk")
class FragmentStoreTest {

    private static final FragmentLimits LIMITS = new FragmentLimits(1_000, 2, Duration.ofMinutes(1));
    private static final long AT = 1_700_000_000_000L;

    @TempDir
    Path directory;

    private static NewFragment fragment(String follows, String pointer, String content, long atMillis) {
        return new NewFragment(
                "in",
                "127.0.0.1:1",
                "LAB ORU",
                follows,
                pointer,
                content,
                content.getBytes(StandardCharsets.US_ASCII),
                atMillis,
                1,
                LIMITS);
    }

    private static FragmentResult append(StoreSession session, NewFragment fragment) {
        CompletableFuture<FragmentResult> result = new CompletableFuture<>();
        store(session).appendFragment(fragment, session.loop(), result::complete);
        return StoreSession.get(result);
    }

    private static Outcome append(StoreSession session, String follows, String pointer, String content) {
        return append(session, fragment(follows, pointer, content, AT)).outcome();
    }

    private static PendingFragments pending(int fragments, boolean complete) {
        return new PendingFragments(1, "in", fragments, "one", AT, complete);
    }

    private static FragmentStore store(StoreSession session) {
        return ((SqliteMessageStore) session.store()).fragments();
    }

    private static FragmentReading reading(StoreSession session, long chain) {
        CompletableFuture<FragmentReading> reading = new CompletableFuture<>();
        store(session).readFragments(chain, session.loop(), reading::complete);
        return StoreSession.get(reading);
    }

    private static List<String> read(StoreSession session, long chain) {
        return reading(session, chain).fragments().stream()
                .map(each -> new String(each, StandardCharsets.US_ASCII))
                .toList();
    }

    private static AppendResult.Outcome appendNumbered(StoreSession session, long chain, long number) {
        SequenceLink link = new SequenceLink(SequenceLink.Side.LISTENER, "in", "LAB");
        return appendWhole(session, chain, new SequenceClaim(link, number)).outcome();
    }

    private static AppendResult appendWhole(StoreSession session, long chain) {
        return appendWhole(session, chain, null);
    }

    private static AppendResult appendWhole(StoreSession session, long chain, @Nullable SequenceClaim sequence) {
        byte[] bytes = "MSH|whole".getBytes(StandardCharsets.US_ASCII);
        BusinessKeys keys = new BusinessKeys("ORU^R01", "M1", "LAB", "");
        return session.append(new NewMessage(
                "in", "", "127.0.0.1:1", bytes, keys, null, AT, 0, 0, 0, "", sequence, chain, List.of()));
    }

    private StoreSession open(Path place) {
        SqliteStoreSettings settings =
                new SqliteStoreSettings(place, CommitLimits.defaults(), Duration.ofHours(24), 1_000);
        return new StoreSession(SqliteMessageStore.open(settings, new EngineEvents() {}));
    }

    @Test
    @DisplayName("R39 R40 fragments are linked by their pointers, and are there after a kill")
    void shouldKeepFragmentsOverAKill() throws IOException {
        Path image;
        try (StoreSession session = open(directory)) {
            assertThat(append(session, "", "P1", "one")).isEqualTo(Outcome.KEPT);
            assertThat(append(session, "P1", "P2", "two")).isEqualTo(Outcome.KEPT);
            image = SqliteStores.crashImage(directory);
        }
        try (StoreSession session = open(image)) {
            assertThat(store(session).pendingFragments()).containsExactly(pending(2, false));
            assertThat(append(session, "P2", "", "three")).isEqualTo(Outcome.COMPLETE);
            assertThat(read(session, 1)).containsExactly("one", "two", "three");
            assertThat(store(session).pendingFragments()).containsExactly(pending(3, true));
        }
    }

    @Test
    @DisplayName("R40 the fragments are done with in the commit of their message, which is made once only")
    void shouldMakeAMessageOnce() {
        try (StoreSession session = open(directory)) {
            append(session, "", "P1", "one");
            append(session, "P1", "", "two");
            AppendResult first = appendWhole(session, 1);
            AppendResult second = appendWhole(session, 1);

            assertThat(first.outcome()).isEqualTo(AppendResult.Outcome.STORED);
            assertThat(second.outcome()).isEqualTo(AppendResult.Outcome.DUPLICATE);
            assertThat(second.messageId()).isEqualTo(first.messageId());
            assertThat(store(session).pendingFragments()).isEmpty();
            assertThat(read(session, 1)).isEmpty();
        }
    }

    @Test
    @DisplayName("R57 a repeated fragment is known while its message is unfinished, and for the window after that")
    void shouldKnowRepetitions() {
        try (StoreSession session = open(directory)) {
            append(session, "", "P1", "one");
            assertThat(append(session, "", "P1", "one")).isEqualTo(Outcome.REPEATED);
            append(session, "P1", "", "two");
            assertThat(append(session, "P1", "", "two"))
                    .as("not stored whole yet")
                    .isEqualTo(Outcome.COMPLETE);
            appendWhole(session, 1);

            FragmentResult again = append(session, fragment("P1", "", "two", AT + 59_000));
            assertThat(again.outcome()).isEqualTo(Outcome.REPEATED);
            assertThat(again.id()).isEqualTo(2);
            assertThat(again.storedMillis()).isEqualTo(AT);
            assertThat(again.firstControlId()).isEqualTo("one");
            assertThat(append(session, fragment("P1", "", "two", AT + 61_000)).outcome())
                    .isEqualTo(Outcome.NOTHING_TO_FOLLOW);
        }
    }

    @Test
    @DisplayName("R57 what repeats a message that was turned away is not called a repetition, which would be accepted")
    void shouldForgetWhatWasTurnedAway() {
        try (StoreSession session = open(directory)) {
            append(session, "", "P1", "one");
            append(session, "P1", "", "two");
            drop(session, 1);
            assertThat(store(session).pendingFragments()).isEmpty();
            assertThat(append(session, "P1", "", "two")).isEqualTo(Outcome.NOTHING_TO_FOLLOW);
            assertThat(append(session, "", "P1", "one")).isEqualTo(Outcome.KEPT);
            assertThat(appendWhole(session, 1).outcome())
                    .as("another copy that was put together meanwhile")
                    .isEqualTo(AppendResult.Outcome.REFUSED);
        }
    }

    @Test
    @DisplayName("R40 the fragments stay where their message was not stored")
    void shouldKeepFragmentsOfAMessageThatIsNotStored() {
        try (StoreSession session = open(directory)) {
            append(session, "", "P1", "one");
            append(session, "P1", "", "two");
            assertThat(appendNumbered(session, 0, 1)).isEqualTo(AppendResult.Outcome.STORED);
            assertThat(appendNumbered(session, 1, 7)).isEqualTo(AppendResult.Outcome.OUT_OF_SEQUENCE);
            assertThat(store(session).pendingFragments()).containsExactly(pending(2, true));
            assertThat(appendNumbered(session, 1, 2)).isEqualTo(AppendResult.Outcome.STORED);
            assertThat(store(session).pendingFragments()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"P9, '', NOTHING_TO_FOLLOW", "P1, P1x, KEPT", "'', P1, POINTER_IN_USE", "P1, P1, KEPT"})
    @DisplayName("R39 a fragment follows what waits for it, and no two messages wait for the same pointer")
    void shouldLinkByPointersOnly(String follows, String pointer, Outcome outcome) {
        try (StoreSession session = open(directory)) {
            append(session, "", "P1", "one");
            assertThat(append(session, follows, pointer, "other")).isEqualTo(outcome);
        }
    }

    @Test
    @DisplayName("R42 what is too long or too many is refused and changes nothing")
    void shouldBoundWhatIsKept() {
        try (StoreSession session = open(directory)) {
            append(session, "", "P1", "one");
            assertThat(append(session, "P1", "P2", "x".repeat(998))).isEqualTo(Outcome.TOO_LONG);
            assertThat(append(session, "", "Q1", "another")).isEqualTo(Outcome.KEPT);
            assertThat(append(session, "", "R1", "a third")).isEqualTo(Outcome.TOO_MANY);
            assertThat(append(session, "P1", "", "two")).isEqualTo(Outcome.COMPLETE);
        }
    }

    @Test
    @DisplayName("R42 fragments whose rest does not come go to quarantine, unless another has come meanwhile")
    void shouldMoveFragmentsIntoTheQuarantine() {
        try (StoreSession session = open(directory)) {
            append(session, "", "P1", "one");
            append(session, "P1", "P2", "second");
            assertThat(expire(session, 1)).isEmpty();
            assertThat(expire(session, 2)).containsExactly(3, 6);
            assertThat(append(session, "P2", "", "three")).isEqualTo(Outcome.NOTHING_TO_FOLLOW);
        }
        try (SqliteMessageArchive archive = SqliteMessageArchive.open(
                new SqliteStoreSettings(directory, CommitLimits.defaults(), Duration.ofHours(24), 1_000))) {
            assertThat(archive.quarantine(Long.MAX_VALUE, 10)).hasSize(2).allSatisfy(input -> {
                assertThat(input.reason()).isEqualTo("unfinished");
                assertThat(input.detail()).startsWith("fragment ").endsWith(": too late");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE fragment SET bytes = x'4F' WHERE n = 1", "DELETE FROM fragment WHERE n = 1"})
    @DisplayName("F7 a fragment that is damaged or missing is told apart from one that is done with, and is given up")
    void shouldTellDamagedFragments(String damage) throws SQLException {
        try (StoreSession session = open(directory)) {
            append(session, "", "P1", "one");
            append(session, "P1", "", "two");
        }
        damage(damage);
        try (StoreSession session = open(directory)) {
            assertThat(store(session).pendingFragments()).hasSize(1);
            FragmentReading damaged = reading(session, 1);
            assertThat(damaged.state()).isEqualTo(FragmentReading.State.DAMAGED);
            assertThat(damaged.last()).isEqualTo(2);
            assertThat(expire(session, 2)).contains(3);
            assertThat(reading(session, 1).state()).isEqualTo(FragmentReading.State.GONE);
            assertThat(append(session, "P1", "", "two")).isEqualTo(Outcome.NOTHING_TO_FOLLOW);
        }
    }

    private void damage(String sql) throws SQLException {
        SqliteStoreSettings settings =
                new SqliteStoreSettings(directory, CommitLimits.defaults(), Duration.ofHours(24), 1_000);
        try (Connection connection = SqliteConnections.openWriter(settings.journal());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
            connection.commit();
        }
    }

    private static void drop(StoreSession session, long chain) {
        CompletableFuture<Boolean> dropped = new CompletableFuture<>();
        store(session).dropFragments(chain, session.loop(), () -> dropped.complete(true));
        StoreSession.get(dropped);
    }

    private static List<Integer> expire(StoreSession session, int fragments) {
        CompletableFuture<List<Integer>> moved = new CompletableFuture<>();
        store(session).expireFragments(1, fragments, "unfinished", "too late", AT, session.loop(), lengths -> {
            moved.complete(lengths == null ? List.of(-1) : lengths);
        });
        return StoreSession.get(moved);
    }
}
