package org.khokahano.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.khokahano.send.OutcomeKind;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.LanePageRequest;
import org.khokahano.store.Mark;

@Tag("unit")
class LanePagingTest {

    private static final int ACTIONS = 600;

    @Test
    @DisplayName("a commit told while the last page is under way is not forgotten")
    void shouldNotForgetACommitToldWhileAnEmptyPageIsUnderWay() {
        LaneFixture f = LaneFixture.keeping(4).backlog(1);
        f.partner.answerAtOnce();
        f.store.readWhenTold();
        f.start(false);
        f.store.readNext(false);
        f.store.deliverPage();
        f.loop.runTasks();
        f.store.writeMarks();
        f.store.readNext(false);
        f.commit(1);
        f.store.deliverPage();
        f.commit(1);
        f.store.readNext(false);
        f.store.deliverPage();
        f.loop.runTasks();
        assertThat(f.partner.sent()).containsExactly(1L, 2L, 3L);
    }

    @Test
    @DisplayName("a page asks for no more than there is room for")
    void shouldAskForNoMoreThanFits() {
        LaneFixture f = LaneFixture.keeping(4).start(false).commit(10);
        f.partner.answerAtOnce();
        f.answer(1, OutcomeKind.AA);
        assertThat(f.store.requests()).isNotEmpty().allMatch(request -> request.limit() <= 4);
        assertThat(f.partner.sent())
                .isEqualTo(LongStream.rangeClosed(1, 10).boxed().toList());
    }

    @Test
    @DisplayName("after a failed read the store is asked again after a second, and not on every commit")
    void shouldWaitAfterAFailedRead() {
        LaneFixture f = LaneFixture.keeping(4).backlog(2);
        f.store.readWhenTold();
        f.start(false);
        f.store.readNext(true);
        f.store.deliverPage();
        f.commit(3);
        f.loop.pass(Duration.ofMillis(999));
        assertThat(f.store.requests()).hasSize(1);
        f.loop.pass(Duration.ofMillis(1));
        assertThat(f.store.requests())
                .hasSize(2)
                .extracting(LanePageRequest::afterId)
                .containsOnly(0L);
        f.partner.answerAtOnce();
        f.store.readNext(false);
        f.store.deliverPage();
        f.loop.runTasks();
        assertThat(f.partner.sent()).startsWith(1L, 2L, 3L, 4L);
    }

    @Test
    @DisplayName("F7 a queue that cannot be read is asked for at longer and longer intervals, and is told of")
    void shouldWaitLongerAfterEachFailedRead() {
        LaneFixture f = LaneFixture.keeping(4).backlog(2);
        f.store.readWhenTold();
        f.start(false);
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            f.store.readNext(true);
            f.store.deliverPage();
            f.loop.runTasks();
            assertThat(f.lane.isQueueReadable()).isFalse();
            f.loop.pass(Duration.ofMillis(seconds * 1_000L - 1));
            assertThat(f.store.isAsked()).as("before %s s", seconds).isFalse();
            f.loop.pass(Duration.ofMillis(1));
            assertThat(f.store.isAsked()).as("after %s s", seconds).isTrue();
        }
        assertThat(f.unreadable).isEqualTo(8);
        f.store.readNext(false);
        f.store.deliverPage();
        f.loop.runTasks();
        assertThat(f.lane.isQueueReadable()).isTrue();
        assertThat(f.partner.sent()).containsExactly(1L);
    }

    @Test
    @DisplayName("F7 the depth counts no delivery that the store gave up, however often a page brings it")
    void shouldNotCountWhatTheStoreGaveUp() {
        LaneFixture f = LaneFixture.keeping(4).backlog(5);
        f.partner.answerAtOnce();
        f.store.readWhenTold();
        f.store.loseBytesOf(2);
        f.store.loseBytesOf(4);
        f.store.loseBytesOf(5);
        f.start(false);
        for (int page = 0; page < 4 && f.store.isAsked(); page++) {
            f.store.readNext(false);
            f.store.deliverPage();
            f.loop.runTasks();
        }
        assertThat(f.partner.sent()).containsExactly(1L, 3L);
        assertThat(f.lane.depth()).isZero();
        f.store.writeMarks();
        f.commit(1);
        assertThat(f.lane.depth()).isZero();
        assertThat(f.partner.sent()).containsExactly(1L, 3L, 6L);
    }

    static List<Long> seeds() {
        Random random = new Random();
        List<Long> seeds = new ArrayList<>(List.of(1L, 2L, 3L));
        for (int i = 0; i < 300; i++) {
            seeds.add(random.nextLong());
        }
        return seeds;
    }

    /** Commits, late pages, failures, skips, pauses and restarts of time, in any order. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("P2 P3 F11 F12 in any order of events, each delivery goes once, and first in id order")
    void shouldDeliverEachOnceInOrderWhateverHappens(long seed) {
        new Model(seed).run();
    }

    /** One random life of a lane; all its choices come from the seed. */
    private static final class Model {
        private final Random random;
        private final int window;
        private final LaneFixture f;
        private final Set<Long> done = new HashSet<>();
        private final Set<Long> skipped = new HashSet<>();
        private int checkedSends;
        private long highestSent;
        private final Set<Long> open = new HashSet<>();

        Model(long seed) {
            random = new Random(seed);
            window = 1 + random.nextInt(3);
            LaneLimits limits = new LaneLimits(window, window + random.nextInt(6), 1 + random.nextInt(20));
            f = new LaneFixture(limits, AnswerTable.defaults());
            f.store.readWhenTold();
            f.backlog(random.nextInt(12));
            f.lane.start(f.store.backlog(), random.nextBoolean(), null);
        }

        void run() {
            for (int i = 0; i < ACTIONS; i++) {
                act();
                check();
            }
            settle();
            Set<Long> ended = new HashSet<>(done);
            ended.addAll(skipped);
            assertThat(ended).hasSize((int) f.store.lastId());
            assertThat(f.lane.depth()).isZero();
            assertThat(f.lane.oldestReceivedMillis()).isZero();
        }

        private void act() {
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> f.store.commit(f.loop, f.lane);
                case 3, 4 -> readPages(random.nextInt(8) == 0);
                case 5 -> f.store.writeMarks();
                case 6, 7 -> answerOne();
                case 8 -> f.loop.pass(Duration.ofMillis(random.nextInt(9_000)));
                case 9 -> skipOne();
                case 10 -> pauseOrResume();
                default -> f.loop.runOneTask();
            }
        }

        private void readPages(boolean failing) {
            if (f.store.hasPage()) {
                f.store.deliverPage();
            } else if (f.store.isAsked()) {
                f.store.readNext(failing);
            }
        }

        private void answerOne() {
            List<Long> outstanding = f.partner.outstanding();
            if (outstanding.isEmpty()) {
                return;
            }
            int choice = random.nextInt(10);
            if (choice == 0) {
                f.partner.loseConnection();
                return;
            }
            long id = outstanding.get(random.nextInt(outstanding.size()));
            OutcomeKind kind = choice <= 2 ? OutcomeKind.AR : OutcomeKind.AA;
            if (kind == OutcomeKind.AA) {
                assertThat(done.add(id))
                        .as("delivery %d acknowledged twice", id)
                        .isTrue();
                open.remove(id);
            }
            f.partner.answer(id, kind);
        }

        private void skipOne() {
            long id = 1 + random.nextInt((int) f.store.lastId() + 1);
            if (id <= f.store.lastId() && !done.contains(id)) {
                var answer = f.lane.skip(id, id, "").toCompletableFuture();
                f.loop.runTasks();
                if (answer.join()) {
                    assertThat(skipped.add(id)).isTrue();
                    open.remove(id);
                }
            }
        }

        private void pauseOrResume() {
            if (random.nextInt(4) == 0) {
                f.lane.pause("");
            } else {
                f.lane.resume("");
            }
        }

        private void check() {
            assertThat(f.partner.outstanding().size()).isLessThanOrEqualTo(window);
            List<Long> sent = f.partner.sent();
            for (; checkedSends < sent.size(); checkedSends++) {
                long id = sent.get(checkedSends);
                assertThat(done).as("sent after its end").doesNotContain(id);
                assertThat(skipped).as("sent after its skip").doesNotContain(id);
                if (!open.contains(id)) {
                    assertThat(id).as("first sends rise").isGreaterThan(highestSent);
                    highestSent = id;
                    open.add(id);
                }
            }
        }

        /** Lets everything end well. */
        private void settle() {
            f.lane.resume("");
            for (int turn = 0; turn < 5_000 && done.size() + skipped.size() < f.store.lastId(); turn++) {
                f.loop.pass(Duration.ofSeconds(1));
                f.store.writeMarks();
                readPages(false);
                f.loop.runTasks();
                check();
                List<Long> outstanding = f.partner.outstanding();
                if (!outstanding.isEmpty()) {
                    long id = outstanding.get(0);
                    assertThat(done.add(id)).isTrue();
                    open.remove(id);
                    f.partner.answer(id, OutcomeKind.AA);
                }
            }
            f.loop.runTasks();
            assertThat(f.store.marks())
                    .filteredOn(mark -> mark.state() == DeliveryState.DELIVERED)
                    .extracting(Mark::deliveryId)
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(done);
        }
    }
}
