package org.khokahano.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.khokahano.store.contract.Letters.NOON;
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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.store.AppendResult;
import org.khokahano.store.AppendResult.Outcome;
import org.khokahano.store.Completion;
import org.khokahano.store.LanePageRequest;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.NewMessage;
import org.khokahano.store.Quarantined;
import org.khokahano.store.QueuedDelivery;

/** What a store promises of each message, from its append to its close; and all together, at random. */
public abstract class MessageStoreContract extends StoreContract {

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
    @DisplayName("P2 input that is no message is kept and answered")
    void shouldKeepQuarantinedInput() {
        Quarantined input = new Quarantined("wards", "127.0.0.1", Letters.bytes("?"), "noMsh", "byte 0", NOON);

        AppendResult first = session.quarantine(input);
        AppendResult second = session.quarantine(input);

        assertThat(first.outcome()).isEqualTo(Outcome.STORED);
        assertThat(second.messageId()).isGreaterThan(first.messageId());
    }

    @Test
    @DisplayName("R17 R21 what the sender of quarantined input is told is stored with it, and queued")
    void shouldStoreTheAcknowledgementOfQuarantinedInput() {
        RecordingQueue queue = session.recordingQueue();
        Quarantined input = new Quarantined(
                "wards", "127.0.0.1", Letters.bytes("?"), "noMsh", "byte 0", NOON, message("K1", "told", to("lis")));

        AppendResult result = session.quarantine(input);

        assertThat(result.outcome()).isEqualTo(Outcome.STORED);
        await().until(() -> queue.ids().size() == 1);
        assertThat(session.append(message("K2", "next")).messageId())
                .isGreaterThan(queue.deliveries().get(0).messageId());
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
        session.store().deliverTo((destination, keyHash) -> new RecordingQueue(gone));
        session.store()
                .append(message("1", "one", NewDelivery.asReceived("lis", 0)), new StoreSession.Answer(gone, never));
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
