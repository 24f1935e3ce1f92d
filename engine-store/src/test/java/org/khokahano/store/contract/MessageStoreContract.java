package org.khokahano.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.khokahano.store.contract.Letters.NOON;
import static org.khokahano.store.contract.Letters.WINDOW;
import static org.khokahano.store.contract.Letters.key;
import static org.khokahano.store.contract.Letters.message;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;
import org.khokahano.store.AppendResult;
import org.khokahano.store.AppendResult.Outcome;
import org.khokahano.store.Completion;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.LaneBacklog;
import org.khokahano.store.LanePage;
import org.khokahano.store.LanePageRequest;
import org.khokahano.store.Mark;
import org.khokahano.store.MessageStore;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.NewMessage;
import org.khokahano.store.Quarantined;
import org.khokahano.store.QueuedDelivery;

/** Each promise of {@link MessageStore} as a test. A second store extends this, too. */
@Tag("unit")
public abstract class MessageStoreContract {

    @TempDir
    protected Path directory;

    protected StoreSession session;
    protected RecordingQueue queue;

    /** Opens the store in a directory. */
    protected abstract MessageStore open(Path place, StoreBounds bounds);

    /** Copies what the disk would hold if the process were killed now, into an empty directory. */
    protected abstract Path crashImage(Path place) throws IOException;

    @BeforeEach
    void openStore() {
        session = new StoreSession(open(directory, StoreBounds.usual()));
        queue = new RecordingQueue(session.loop());
    }

    @AfterEach
    void closeStore() {
        session.close();
    }

    protected void reopen() {
        reopen(directory, StoreBounds.usual());
    }

    private void reopen(Path place, StoreBounds bounds) {
        session.close();
        session = new StoreSession(open(place, bounds));
        queue = new RecordingQueue(session.loop());
    }

    protected NewDelivery to(String destination) {
        return NewDelivery.asReceived(destination, 0, queue);
    }

    protected static Mark delivered(long id, int attempt) {
        return new Mark(id, DeliveryState.DELIVERED, attempt, NOON, 3, outcome(OutcomeKind.AA, false), "", false);
    }

    protected static Mark failed(long id, int attempt, boolean unknown, boolean repeat) {
        return new Mark(id, DeliveryState.QUEUED, attempt, NOON, 3, outcome(OutcomeKind.TIMEOUT, unknown), "", repeat);
    }

    private static SendOutcome outcome(OutcomeKind kind, boolean unknown) {
        return new SendOutcome(kind, new byte[0], "", unknown);
    }

    @Test
    @DisplayName("P1 what was reported stored is on disk when the process is killed, deliveries included")
    void shouldHoldWhatWasStoredWhenKilled() throws IOException {
        AppendResult result = session.append(message("1", "one", to("lis"), to("registry")));
        Path image = crashImage(directory);

        reopen(image, StoreBounds.usual());

        assertThat(result.outcome()).isEqualTo(Outcome.STORED);
        assertThat(session.queued("lis")).extracting(QueuedDelivery::messageId).containsExactly(result.messageId());
        assertThat(session.queued("registry"))
                .extracting(d -> new String(d.payload(), StandardCharsets.UTF_8))
                .containsExactly("one");
    }

    private Completion toldTo(Consumer<AppendResult> listener) {
        return new Completion() {
            @Override
            public SerialExecutor executor() {
                return queue.executor();
            }

            @Override
            public void completed(AppendResult result) {
                listener.accept(result);
            }
        };
    }

    @Test
    @DisplayName("P3 ids rise in the order of completions, over many threads, and queues are told in that order")
    void shouldRaiseIdsInTheOrderOfCompletions() throws Exception {
        List<Long> completed = Collections.synchronizedList(new ArrayList<>());
        int threads = 4;
        int each = 200;
        CountDownLatch done = new CountDownLatch(threads * each);
        List<Thread> senders = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int from = t * each;
            senders.add(new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    // Told on the store's executor itself: a future's reaction may come on any thread.
                    session.store().append(message("" + (from + i), "m" + (from + i), to("lis")), toldTo(result -> {
                        completed.add(result.messageId());
                        done.countDown();
                    }));
                }
            }));
        }
        senders.forEach(Thread::start);

        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        await().until(() -> queue.ids().size() == threads * each);
        assertThat(completed).isSorted().doesNotHaveDuplicates();
        assertThat(queue.ids()).isSorted().doesNotHaveDuplicates();
        assertThat(queue.deliveries()).extracting(QueuedDelivery::messageId).isSorted();
    }

    @Test
    @DisplayName("R57 the same message again is a duplicate with the stored id and time, and goes nowhere")
    void shouldAnswerADuplicateWithTheStoredId() {
        AppendResult first = session.append(message("1", "one", to("lis")));
        AppendResult again = session.append(message("one", key("1", "one"), NOON + 5, to("lis")));

        assertThat(again).isEqualTo(AppendResult.duplicate(first.messageId(), NOON, 0));
        assertThat(session.queued("lis")).hasSize(1);
    }

    @Test
    @DisplayName("R57 the same id with other bytes is stored as new, and flagged")
    void shouldStoreOtherBytesOfTheSameIdAsNew() {
        AppendResult first = session.append(message("1", "one", to("lis")));
        AppendResult other = session.append(message("1", "uno", to("lis")));

        assertThat(first.sameIdOtherBytes()).isFalse();
        assertThat(other.outcome()).isEqualTo(Outcome.STORED);
        assertThat(other.sameIdOtherBytes()).isTrue();
        assertThat(session.queued("lis")).hasSize(2);
    }

    @Test
    @DisplayName("R57 of two copies that arrive together one is stored")
    void shouldStoreOneOfTwoCopiesThatArriveTogether() {
        List<CompletableFuture<AppendResult>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(session.appendLater(message("1", "one", to("lis"))));
        }
        List<AppendResult> results = answers.stream().map(StoreSession::get).toList();

        assertThat(results).filteredOn(r -> r.outcome() == Outcome.STORED).hasSize(1);
        assertThat(results)
                .extracting(AppendResult::messageId)
                .containsOnly(results.get(0).messageId());
        assertThat(session.queued("lis")).hasSize(1);
    }

    @Test
    @DisplayName("R57 A, B with A's id, A again: the last is a duplicate of the first, across a reopen, too")
    void shouldFindTheFirstOfTwoWithTheSameId() {
        AppendResult first = session.append(message("1", "one"));
        session.append(message("1", "uno"));
        assertThat(session.append(message("1", "one"))).isEqualTo(AppendResult.duplicate(first.messageId(), NOON, 0));

        reopen();

        assertThat(session.append(message("1", "one"))).isEqualTo(AppendResult.duplicate(first.messageId(), NOON, 0));
        assertThat(session.append(message("1", "ein")).sameIdOtherBytes()).isTrue();
    }

    @Test
    @DisplayName("R57 the window ends: one millisecond before is a duplicate, at its end is new")
    void shouldForgetAtTheEndOfTheWindow() {
        session.append(message("1", "one"));
        long end = NOON + WINDOW.toMillis();

        assertThat(session.append(message("one", key("1", "one"), end - 1)).outcome())
                .isEqualTo(Outcome.DUPLICATE);
        AppendResult after = session.append(message("one", key("1", "one"), end));
        assertThat(after.outcome()).isEqualTo(Outcome.STORED);
        assertThat(after.sameIdOtherBytes()).isFalse();
    }

    @Test
    @DisplayName("R57 P7 a clock that went back ten years makes no duplicate new")
    void shouldStillFindDuplicatesWhenTheClockWentBack() {
        session.append(message("1", "one"));
        long tenYears = 315_360_000_000L;

        assertThat(session.append(message("one", key("1", "one"), NOON - tenYears))
                        .outcome())
                .isEqualTo(Outcome.DUPLICATE);
        reopen();
        assertThat(session.append(message("one", key("1", "one"), NOON - tenYears))
                        .outcome())
                .isEqualTo(Outcome.DUPLICATE);
    }

    @Test
    @DisplayName("R57 a message without a key is exempt and never a duplicate")
    void shouldStoreWhatIsExemptEveryTime() {
        assertThat(session.append(message("one", null, NOON)).outcome()).isEqualTo(Outcome.STORED);
        assertThat(session.append(message("one", null, NOON)).outcome()).isEqualTo(Outcome.STORED);
    }

    @Test
    @DisplayName("R57 the most recent identities are remembered up to the bound, the older ones taken for new")
    void shouldForgetTheOldestIdentitiesPastTheBound() {
        reopen(directory, new StoreBounds(100, 32 << 20, 10));
        for (int i = 0; i < 6; i++) {
            session.append(message("" + i, "m" + i));
        }

        assertThat(session.append(message("5", "m5")).outcome()).isEqualTo(Outcome.DUPLICATE);
        assertThat(session.append(message("1", "m1")).outcome()).isEqualTo(Outcome.DUPLICATE);
        assertThat(session.append(message("0", "m0")).outcome()).isEqualTo(Outcome.STORED);
    }

    @Test
    @DisplayName("P2 a mark survives the close, and what was delivered is not queued again")
    void shouldKeepMarksAcrossAClose() {
        session.append(message("1", "one", to("lis")));
        session.append(message("2", "two", to("lis")));
        await().until(() -> queue.ids().size() == 2);
        session.mark(delivered(queue.ids().get(0), 1));

        long left = queue.ids().get(1);
        reopen();

        assertThat(session.queued("lis")).extracting(QueuedDelivery::id).containsExactly(left);
    }

    @Test
    @DisplayName("P4 a mark that a crash swallowed leaves the delivery queued")
    void shouldFindADeliveryQueuedWhenItsMarkWasLost() throws IOException {
        session.append(message("1", "one", to("lis")));
        Path image = crashImage(directory);
        await().until(() -> queue.ids().size() == 1);
        session.mark(delivered(queue.ids().get(0), 1));

        reopen(image, StoreBounds.usual());

        assertThat(session.queued("lis")).hasSize(1);
    }

    @Test
    @DisplayName("P4 tries are counted, and an unknown end or a repetition is flagged for good")
    void shouldCountTriesAndRememberUnknownEnds() {
        session.append(message("1", "one", to("lis")));
        session.append(message("2", "two", to("lis")));
        session.append(message("3", "three", to("lis")));
        await().until(() -> queue.ids().size() == 3);
        List<Long> ids = queue.ids();
        session.mark(failed(ids.get(0), 1, true, false));
        session.mark(failed(ids.get(0), 2, false, false));
        session.mark(failed(ids.get(1), 1, false, false));
        session.mark(failed(ids.get(2), 1, false, true));

        reopen();

        assertThat(session.queued("lis")).extracting(QueuedDelivery::attempts).containsExactly(2, 1, 1);
        assertThat(session.queued("lis"))
                .extracting(QueuedDelivery::possibleDuplicate)
                .containsExactly(true, false, true);
    }

    @Test
    @DisplayName("P2 input that is no message is kept and answered")
    void shouldKeepQuarantinedInput() {
        Quarantined input = new Quarantined("wards", "127.0.0.1", Letters.bytes("?"), "noMsh", "byte 0", NOON);

        AppendResult first = session.quarantine(input);
        AppendResult second = session.quarantine(input);

        assertThat(first.outcome()).isEqualTo(Outcome.STORED);
        assertThat(second.messageId()).isGreaterThan(first.messageId());
    }

    @Test
    @DisplayName("P5 a store that is given more than it can write is saturated, and tells when it is relieved")
    void shouldSaturateAndTellOfRelief() {
        reopen(directory, new StoreBounds(1, 20_000, 1_000));
        List<CompletableFuture<AppendResult>> answers = new ArrayList<>();
        boolean saturated = false;
        for (int i = 0; i < 400; i++) {
            answers.add(session.appendLater(message("" + i, "m" + i)));
            saturated |= session.store().isSaturated();
        }
        CompletableFuture<Boolean> relief = new CompletableFuture<>();
        session.store()
                .whenRelieved(
                        session.loop(), () -> relief.complete(session.store().isSaturated()));

        assertThat(saturated).isTrue();
        assertThat(StoreSession.get(relief)).isFalse();
        answers.forEach(StoreSession::get);
        assertThat(session.store().isSaturated()).isFalse();
    }

    @Test
    @DisplayName("P5 relief is told at once where nothing waits")
    void shouldTellOfReliefAtOnceWhenIdle() {
        CompletableFuture<Boolean> relief = new CompletableFuture<>();
        session.store().whenRelieved(session.loop(), () -> relief.complete(true));
        assertThat(StoreSession.get(relief)).isTrue();
    }

    @Test
    @DisplayName("P3 pages hold one lane's deliveries in order, within their limits, whatever the hash's sign")
    void shouldReadPagesOfSeveralLanes() {
        List<Integer> hashes = List.of(-7, -3, -1, 0, 1, 2, 5, Integer.MIN_VALUE, Integer.MAX_VALUE);
        for (int i = 0; i < 90; i++) {
            int hash = hashes.get(i % hashes.size());
            session.append(message("" + i, "payload" + i, NewDelivery.asReceived("lis", hash, queue)));
        }
        int lanes = 4;
        int seen = 0;
        for (int lane = 0; lane < lanes; lane++) {
            LanePage all = session.page("lis", lanes, lane, 0, 1_000, 1 << 20);
            int number = lane;
            assertThat(all.deliveries()).extracting(QueuedDelivery::id).isSorted();
            assertThat(all.deliveries()).allMatch(d -> LanePageRequest.laneOf(d.keyHash(), lanes) == number);
            seen += all.deliveries().size();
            LanePage some = session.page("lis", lanes, lane, 0, 3, 1 << 20);
            assertThat(some.deliveries()).hasSize(3);
            LanePage next =
                    session.page("lis", lanes, lane, some.deliveries().get(2).id(), 3, 1 << 20);
            assertThat(next.deliveries().get(0).id())
                    .isEqualTo(all.deliveries().get(3).id());
            assertThat(session.page("lis", lanes, lane, 0, 100, 10).deliveries())
                    .hasSize(2);
        }
        assertThat(seen).isEqualTo(90);
    }

    @Test
    @DisplayName("P6 the backlog counts each lane and knows its oldest")
    void shouldCountTheBacklogOfEachLane() {
        session.append(message("one", null, NOON, NewDelivery.asReceived("lis", -1, queue)));
        session.append(message("two", null, NOON + 1, NewDelivery.asReceived("lis", 0, queue)));
        session.append(message("three", null, NOON + 2, NewDelivery.asReceived("lis", 2, queue)));

        assertThat(session.store().backlog("lis", 2))
                .containsExactly(new LaneBacklog(2, NOON + 1), new LaneBacklog(1, NOON));
        assertThat(session.store().backlog("nowhere", 1)).containsExactly(new LaneBacklog(0, 0));
    }

    @Test
    @DisplayName("P2 a page after a skip leaves out what was skipped")
    void shouldLeaveOutWhatWasSkipped() {
        for (int i = 0; i < 5; i++) {
            session.append(message("" + i, "m" + i, to("lis")));
        }
        await().until(() -> queue.ids().size() == 5);
        long skipped = queue.ids().get(2);
        session.mark(Mark.decision(skipped, DeliveryState.SKIPPED, NOON, "by an operator"));

        await().untilAsserted(() -> assertThat(session.queued("lis"))
                .extracting(QueuedDelivery::id)
                .hasSize(4)
                .doesNotContain(skipped));
    }

    @Test
    @DisplayName("P2 a mapped payload is kept beside the received bytes, and a held delivery out of its lane")
    void shouldKeepPayloadsAndHeldDeliveries() {
        NewDelivery mapped = new NewDelivery("lis", 0, Letters.bytes("mapped"), DeliveryState.QUEUED, "", queue);
        NewDelivery held = new NewDelivery("registry", 0, null, DeliveryState.HELD, "unmapped code", queue);
        session.append(message("1", "one", mapped, held));
        await().until(() -> queue.ids().size() == 1);

        assertThat(queue.deliveries().get(0).payload()).isEqualTo(Letters.bytes("mapped"));
        reopen();
        assertThat(session.queued("lis").get(0).payload()).isEqualTo(Letters.bytes("mapped"));
        assertThat(session.queued("registry")).isEmpty();
    }

    @Test
    @DisplayName("P1 close commits what waits, and what comes after it is refused")
    void shouldCommitWhatWaitsAndRefuseAfterClose() {
        List<CompletableFuture<AppendResult>> answers = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            answers.add(session.appendLater(message("" + i, "m" + i, to("lis"))));
        }
        session.store().close();

        assertThat(answers).allMatch(answer -> StoreSession.get(answer).outcome() == Outcome.STORED);
        assertThat(session.append(message("late", "late")).outcome()).isEqualTo(Outcome.REFUSED);
        reopen();
        assertThat(session.queued("lis")).hasSize(500);
    }

    @Test
    @DisplayName("P1 an executor that has shut down harms nobody else")
    void shouldGoOnWhenAnExecutorHasShutDown() {
        TestLoop gone = new TestLoop();
        gone.close();
        CompletableFuture<AppendResult> never = new CompletableFuture<>();
        session.store()
                .append(
                        message("1", "one", NewDelivery.asReceived("lis", 0, new RecordingQueue(gone))),
                        new StoreSession.Answer(gone, never));
        session.store().whenRelieved(gone, () -> never.cancel(false));
        session.store().readPage(new LanePageRequest("lis", 1, 0, 0, 1, 1), gone, page -> never.cancel(false));

        assertThat(session.append(message("2", "two")).outcome()).isEqualTo(Outcome.STORED);
        assertThat(session.queued("lis")).hasSize(1);
        assertThat(never).isNotDone();
    }

    @Test
    @DisplayName("P1 a completion that fails keeps nobody else from being told")
    void shouldTellTheOthersWhenOneFails() {
        CompletableFuture<AppendResult> twice = CompletableFuture.completedFuture(AppendResult.refused("spoilt"));
        session.store().append(message("1", "one", to("lis")), new StoreSession.Answer(session.loop(), twice));

        assertThat(session.append(message("2", "two", to("lis"))).outcome()).isEqualTo(Outcome.STORED);
        await().untilAsserted(() -> assertThat(queue.ids()).hasSize(2));
    }

    @Test
    @DisplayName("P2 P3 P4 R57 random appends, repetitions, marks, pages and reopenings match a model in memory")
    void shouldDoAsTheModelDoes() {
        long seed = Long.getLong("khoka.model.seed", System.nanoTime());
        Random random = new Random(seed);
        StoreModel model = new StoreModel();
        for (int action = 0; action < 600; action++) {
            String where = "action " + action + ", -Dkhoka.model.seed=" + seed;
            int kind = random.nextInt(100);
            if (kind < 60) {
                String id = "" + random.nextInt(80);
                String text = "text" + random.nextInt(3);
                NewMessage message = message(id, text, random.nextBoolean() ? array(to("lis")) : array());
                assertThat(session.append(message)).as(where).isEqualTo(model.append(id, text, message));
            } else if (kind < 85 && !model.attemptsOfQueued().isEmpty()) {
                List<Long> ids = List.copyOf(model.attemptsOfQueued().keySet());
                long id = ids.get(random.nextInt(ids.size()));
                int attempt = model.tried(id);
                if (random.nextBoolean()) {
                    session.mark(delivered(id, attempt));
                    model.delivered(id);
                } else {
                    session.mark(failed(id, attempt, false, false));
                }
            } else if (kind < 97) {
                awaitSame(model, where);
            } else {
                reopen();
                awaitSame(model, where);
            }
        }
    }

    private static NewDelivery[] array(NewDelivery... deliveries) {
        return deliveries;
    }

    /** Marks may take a moment; then the queue holds exactly what the model holds. */
    private void awaitSame(StoreModel model, String where) {
        await(where).pollInterval(Duration.ofMillis(2)).untilAsserted(() -> {
            Map<Long, Integer> queued = new TreeMap<>();
            session.queued("lis").forEach(delivery -> queued.put(delivery.id(), delivery.attempts()));
            assertThat(queued).as(where).isEqualTo(model.attemptsOfQueued());
        });
    }
}
