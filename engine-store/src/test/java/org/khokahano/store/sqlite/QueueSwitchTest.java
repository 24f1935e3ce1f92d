package org.khokahano.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.khokahano.store.contract.Letters.message;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.event.EngineEvents;
import org.khokahano.store.AppendResult;
import org.khokahano.store.AppendResult.Outcome;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.Mark;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.contract.Letters;
import org.khokahano.store.contract.RecordingQueue;
import org.khokahano.store.contract.StoreSession;

@Tag("disk")
class QueueSwitchTest {

    private static final int MESSAGES = 2_000;

    @TempDir
    private Path directory;

    @Test
    @DisplayName("P2 P3 queues exchanged between two commits get everything once and in order")
    void shouldTellEveryDeliveryToOneQueueInOrder() {
        SqliteMessageStore store = SqliteMessageStore.open(SqliteStoreSettings.in(directory), new EngineEvents() {});
        try (StoreSession session = new StoreSession(store)) {
            List<RecordingQueue> queues = new ArrayList<>();
            AtomicReference<RecordingQueue> current = new AtomicReference<>();
            List<Long> committedBefore = new ArrayList<>();
            Runnable exchange = () -> {
                RecordingQueue next = new RecordingQueue(session.loop());
                queues.add(next);
                committedBefore.add(store.lastDeliveryId());
                current.set(next);
            };
            exchange.run();
            store.deliverTo((destination, keyHash) -> current.get());
            List<CompletableFuture<AppendResult>> answers = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                answers.add(session.appendLater(message("" + i, "m" + i, NewDelivery.asReceived("lis", 0))));
                if (i % 97 == 0) {
                    assertThat(store.betweenCommits(exchange)).isTrue();
                }
            }
            answers.forEach(
                    answer -> assertThat(StoreSession.get(answer).outcome()).isEqualTo(Outcome.STORED));
            await().until(() ->
                    queues.stream().mapToInt(queue -> queue.ids().size()).sum() == MESSAGES);

            List<Long> all =
                    queues.stream().flatMap(queue -> queue.ids().stream()).toList();
            assertThat(all).doesNotHaveDuplicates().isSorted();
            for (int i = 0; i < queues.size(); i++) {
                long before = committedBefore.get(i);
                assertThat(queues.get(i).ids()).allMatch(id -> id > before);
            }
        }
    }

    @Test
    @DisplayName("P4 once the store is settled, what was marked before is durable")
    void shouldHaveWrittenAllMarksWhenItIsSettled() {
        SqliteMessageStore store = SqliteMessageStore.open(SqliteStoreSettings.in(directory), new EngineEvents() {});
        try (StoreSession session = new StoreSession(store)) {
            RecordingQueue queue = session.recordingQueue();
            for (int round = 0; round < 50; round++) {
                session.append(message("" + round, "m" + round, NewDelivery.asReceived("lis", 0)));
                int count = round + 1;
                await().until(() -> queue.ids().size() == count);
                session.mark(
                        Mark.decision(queue.ids().get(round), DeliveryState.SKIPPED, Letters.NOON, "by an operator"));
                CompletableFuture<AppendResult> settled = new CompletableFuture<>();
                store.settle(new StoreSession.Answer(session.loop(), settled));
                assertThat(StoreSession.get(settled).outcome()).isEqualTo(Outcome.STORED);
                assertThat(session.queued("lis")).isEmpty();
            }
        }
    }
}
