package org.khokahano.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.khokahano.http.TestMessages.acknowledgement;
import static org.khokahano.http.TestMessages.message;
import static org.khokahano.http.TestMessages.text;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.khokahano.event.EngineEvents;
import org.khokahano.http.HttpSenderSettings.Request;
import org.khokahano.http.ScriptedPartner.Script;
import org.khokahano.lane.AnswerRule;
import org.khokahano.lane.AnswerTable;
import org.khokahano.lane.DeliveryAction;
import org.khokahano.lane.Lane;
import org.khokahano.lane.LaneLimits;
import org.khokahano.lane.LaneSettings;
import org.khokahano.lane.LaneState;
import org.khokahano.lane.RetryPolicy;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.send.OutcomeKind;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.Mark;

/** A lane over its real sender, against a partner that misbehaves. */
@Tag("socket")
@Timeout(60)
class HttpLaneTest {

    private static final RetryPolicy RETRY = new RetryPolicy(Duration.ofMillis(20), Duration.ofMillis(100), 2, 0.2);

    /** What a partner does wrong, before it takes the message at last. */
    private enum Misbehaviour {
        INTERNAL_ERROR,
        BAD_GATEWAY,
        OVERLOADED,
        TOO_MANY_REQUESTS,
        SILENCE,
        CUT_AFTER_THE_REQUEST,
        CUT_INSIDE_THE_ANSWER,
        TAKEN_AND_CUT,
        FRIENDLY_PAGE,
        ACK_OF_ANOTHER_MESSAGE,
        REJECTED;

        /** Whether the partner may have taken the message (R29). */
        boolean leavesOutcomeUnknown() {
            return switch (this) {
                case OVERLOADED, TOO_MANY_REQUESTS, REJECTED -> false;
                case INTERNAL_ERROR,
                        BAD_GATEWAY,
                        SILENCE,
                        CUT_AFTER_THE_REQUEST,
                        CUT_INSIDE_THE_ANSWER,
                        TAKEN_AND_CUT,
                        FRIENDLY_PAGE,
                        ACK_OF_ANOTHER_MESSAGE -> true;
            };
        }

        OutcomeKind kind() {
            return switch (this) {
                case INTERNAL_ERROR, BAD_GATEWAY, OVERLOADED, TOO_MANY_REQUESTS, REJECTED -> OutcomeKind.AR;
                case SILENCE -> OutcomeKind.TIMEOUT;
                case CUT_AFTER_THE_REQUEST, CUT_INSIDE_THE_ANSWER, TAKEN_AND_CUT -> OutcomeKind.RESET;
                case FRIENDLY_PAGE -> OutcomeKind.UNREADABLE;
                case ACK_OF_ANOTHER_MESSAGE -> OutcomeKind.NO_MSA;
            };
        }

        boolean answer(ScriptedPartner.Request request, RawConnection connection) throws IOException {
            return switch (this) {
                case INTERNAL_ERROR -> status(500, "").answer(request, connection);
                case BAD_GATEWAY -> status(502, "<html>").answer(request, connection);
                case OVERLOADED -> status(503, "").answer(request, connection);
                case TOO_MANY_REQUESTS -> status(429, "").answer(request, connection);
                case SILENCE -> true;
                case CUT_AFTER_THE_REQUEST, TAKEN_AND_CUT -> false;
                case CUT_INSIDE_THE_ANSWER -> {
                    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nMSH|");
                    yield false;
                }
                case FRIENDLY_PAGE -> status(200, "<html>It works!</html>").answer(request, connection);
                case ACK_OF_ANOTHER_MESSAGE ->
                    ScriptedPartner.answering(200, acknowledgement("AA", "OTHER"))
                            .answer(request, connection);
                case REJECTED -> acknowledging("AR").answer(request, connection);
            };
        }
    }

    private final TestLoops loops = new TestLoops();
    private final EventLoop loop = (EventLoop) loops.group().next();
    private final SerialExecutor executor = loops.executorOf(loop);
    private final RecordingStore store = new RecordingStore();
    private final List<Lane> lanes = new ArrayList<>();

    @AfterEach
    void close() {
        lanes.forEach(lane -> {
            lane.stop("the test is over");
            lane.disconnect();
        });
        loops.close();
    }

    private Lane lane(int port, Judge judge, AnswerTable answers, Duration timeout) {
        Request request = Request.post(URI.create("http://127.0.0.1:" + port + "/hl7"));
        HttpSender sender =
                new HttpSender("test", HttpSenderSettings.of(request, timeout, judge, null), loop, executor);
        LaneSettings settings = new LaneSettings("test", 0, 1, LaneLimits.defaults(), RETRY, answers);
        Lane lane = new Lane(settings, executor, sender, store, new EngineEvents() {}, EngineClock.system());
        lanes.add(lane);
        lane.start(store.backlog("test", 1)[0], false, null);
        return lane;
    }

    private Lane lane(ScriptedPartner partner) {
        return lane(partner.port(), Judge.BOTH, AnswerTable.defaults(), Duration.ofSeconds(20));
    }

    private void commit(Lane lane, long last) {
        LongStream.rangeClosed(1, last).forEach(id -> store.commit(lane, id));
    }

    private void awaitEmpty() {
        await().atMost(Duration.ofSeconds(30)).until(() -> store.depth() == 0);
    }

    private static Script status(int status, String body) {
        return ScriptedPartner.answering(status, text(body));
    }

    private static Script acknowledging(String code) {
        return (request, connection) -> ScriptedPartner.answering(200, acknowledgement(code, id(request)))
                .answer(request, connection);
    }

    private static String id(ScriptedPartner.Request request) {
        return text(request.body()).split("\\|", -1)[9];
    }

    private static List<String> ids(ScriptedPartner partner) {
        return partner.requests.stream().map(HttpLaneTest::id).toList();
    }

    private static List<String> inOrder(long last) {
        return LongStream.rangeClosed(1, last).mapToObj(id -> "M" + id).toList();
    }

    @Test
    @DisplayName("P2 P3 R29 whatever the partner does wrong: each message in order, and a doubt is flagged")
    void shouldKeepTheOrderAndLoseNothingThroughEveryMisbehaviour() throws Exception {
        Misbehaviour[] all = Misbehaviour.values();
        int last = all.length * 2;
        Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();
        Script script = (request, connection) -> {
            int number = Integer.parseInt(id(request).substring(1));
            int tried = tries.computeIfAbsent(id(request), key -> new AtomicInteger())
                    .incrementAndGet();
            // Every second message fails once, each in another way.
            return number % 2 == 0 && tried == 1
                    ? all[number / 2 - 1].answer(request, connection)
                    : acknowledging("AA").answer(request, connection);
        };
        try (ScriptedPartner partner = new ScriptedPartner(script)) {
            commit(lane(partner.port(), Judge.BOTH, AnswerTable.defaults(), Duration.ofMillis(1_500)), last);
            awaitEmpty();
            // What came again did so at once, before anything newer.
            List<String> expected = new ArrayList<>();
            for (int number = 1; number <= last; number++) {
                expected.add("M" + number);
                if (number % 2 == 0) {
                    expected.add("M" + number);
                }
            }
            assertThat(ids(partner)).isEqualTo(expected);
            assertThat(partner.requests)
                    .allSatisfy(request -> assertThat(request.body()).isEqualTo(message(id(request))));
            for (Misbehaviour each : all) {
                assertMarks(each, 2L * (each.ordinal() + 1));
            }
        }
    }

    private void assertMarks(Misbehaviour each, long id) {
        List<Mark> marks = store.marksOf(id);
        assertThat(marks).as("%s", each).hasSize(2);
        assertThat(marks.get(0).state()).isEqualTo(DeliveryState.QUEUED);
        assertThat(Objects.requireNonNull(marks.get(0).outcome()).kind())
                .as("%s", each)
                .isEqualTo(each.kind());
        assertThat(marks.get(0).possibleDuplicate()).isFalse();
        assertThat(marks.get(1).state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(marks.get(1).possibleDuplicate()).as("%s", each).isEqualTo(each.leavesOutcomeUnknown());
    }

    @Test
    @DisplayName("R28 AE in the body and 422 are the content's: three tries, then a dead letter, and the next goes")
    void shouldGiveUpWhatThePartnerFindsWrongWithTheContent() throws Exception {
        Script script = (request, connection) -> switch (id(request)) {
            case "M2" -> acknowledging("AE").answer(request, connection);
            case "M4" -> status(422, "").answer(request, connection);
            default -> acknowledging("AA").answer(request, connection);
        };
        try (ScriptedPartner partner = new ScriptedPartner(script)) {
            commit(lane(partner), 5);
            awaitEmpty();
            assertThat(ids(partner)).containsExactly("M1", "M2", "M2", "M2", "M3", "M4", "M4", "M4", "M5");
            assertThat(LongStream.rangeClosed(1, 5).mapToObj(store::stateOf))
                    .containsExactly(
                            DeliveryState.DELIVERED,
                            DeliveryState.DEAD_LETTER,
                            DeliveryState.DELIVERED,
                            DeliveryState.DEAD_LETTER,
                            DeliveryState.DELIVERED);
        }
    }

    @Test
    @DisplayName("R28 401 is about the way and not the message: tried again until the partner lets us in")
    void shouldNotGiveUpAMessageForAWrongPassword() throws Exception {
        try (ScriptedPartner partner = new ScriptedPartner(status(401, ""))) {
            commit(lane(partner), 3);
            await().until(() -> partner.requests.size() >= 5);
            assertThat(ids(partner)).containsOnly("M1");
            partner.answers(acknowledging("AA"));
            awaitEmpty();
            assertThat(store.stateOf(1)).isEqualTo(DeliveryState.DELIVERED);
            assertThat(ids(partner)).endsWith("M1", "M2", "M3");
            assertThat(store.marks).noneMatch(Mark::possibleDuplicate);
        }
    }

    @Test
    @DisplayName("R28 the answer table decides about statuses too: 400 skipped, AR held")
    void shouldGoByTheAnswerTable() throws Exception {
        AnswerTable table = AnswerTable.defaults()
                .with(OutcomeKind.AE, AnswerRule.atOnce(DeliveryAction.SKIP))
                .with(OutcomeKind.AR, AnswerRule.atOnce(DeliveryAction.HOLD));
        Script script = (request, connection) -> switch (id(request)) {
            case "M1" -> status(400, "").answer(request, connection);
            case "M3" -> status(403, "").answer(request, connection);
            default -> acknowledging("AA").answer(request, connection);
        };
        try (ScriptedPartner partner = new ScriptedPartner(script)) {
            Lane lane = lane(partner.port(), Judge.BOTH, table, Duration.ofSeconds(20));
            commit(lane, 4);
            await().until(() -> lane.state() == LaneState.HELD);
            assertThat(store.stateOf(1)).isEqualTo(DeliveryState.SKIPPED);
            assertThat(ids(partner)).containsExactly("M1", "M2", "M3");
            partner.answers(acknowledging("AA"));
            lane.resume("the partner was spoken to");
            awaitEmpty();
            assertThat(ids(partner)).containsExactly("M1", "M2", "M3", "M3", "M4");
        }
    }

    @Test
    @DisplayName("judge: status looks at no body, ack at no status")
    void shouldJudgeByWhatIsConfigured() throws Exception {
        try (ScriptedPartner partner = new ScriptedPartner(acknowledging("AE"))) {
            commit(lane(partner.port(), Judge.STATUS, AnswerTable.defaults(), Duration.ofSeconds(20)), 3);
            awaitEmpty();
            assertThat(ids(partner)).isEqualTo(inOrder(3));
            assertThat(store.marks).allMatch(mark -> mark.state() == DeliveryState.DELIVERED);
        }
        store.marks.clear();
        Script badStatus = (request, connection) -> ScriptedPartner.answering(500, acknowledgement("AA", id(request)))
                .answer(request, connection);
        try (ScriptedPartner partner = new ScriptedPartner(badStatus)) {
            commit(lane(partner.port(), Judge.ACK, AnswerTable.defaults(), Duration.ofSeconds(20)), 3);
            awaitEmpty();
            assertThat(ids(partner)).isEqualTo(inOrder(3));
        }
    }

    @Test
    @DisplayName("F9 P2 P3 a partner that is down, comes back and goes again: all in order, none lost")
    void shouldGoOnInOrderWhenThePartnerIsBack() throws Exception {
        ServerSocket first = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        int port = first.getLocalPort();
        first.close();
        Lane lane = lane(port, Judge.BOTH, AnswerTable.defaults(), Duration.ofSeconds(20));
        commit(lane, 30);
        await().until(() -> store.marksOf(1).size() >= 3);
        assertThat(store.marksOf(1)).allSatisfy(mark -> {
            assertThat(Objects.requireNonNull(mark.outcome()).kind()).isEqualTo(OutcomeKind.REFUSED);
            assertThat(mark.possibleDuplicate()).isFalse();
        });
        List<String> taken = new ArrayList<>();
        try (ScriptedPartner partner = new ScriptedPartner(bound(port), acknowledging("AA"))) {
            await().until(() -> partner.requests.size() >= 5);
            partner.close();
            await().until(() -> lane.state() == LaneState.RETRYING || store.depth() == 0);
            taken.addAll(ids(partner));
        }
        try (ScriptedPartner partner = new ScriptedPartner(bound(port), acknowledging("AA"))) {
            awaitEmpty();
            taken.addAll(ids(partner));
        }
        // A message whose answer was cut off comes twice in a row, and is flagged.
        assertThat(taken.stream().distinct()).containsExactlyElementsOf(inOrder(30));
        List<Long> twice = LongStream.rangeClosed(1, 30)
                .filter(id -> taken.stream().filter(("M" + id)::equals).count() > 1)
                .boxed()
                .toList();
        assertThat(twice).hasSizeLessThanOrEqualTo(1);
        for (long id : twice) {
            assertThat(taken.lastIndexOf("M" + id) - taken.indexOf("M" + id)).isEqualTo(1);
            List<Mark> marks = store.marksOf(id);
            assertThat(marks.get(marks.size() - 1).possibleDuplicate()).isTrue();
        }
        assertThat(LongStream.rangeClosed(1, 30).mapToObj(store::stateOf)).containsOnly(DeliveryState.DELIVERED);
    }

    /** The same port again, as a restarted partner has it. */
    private static ServerSocket bound(int port) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        return server;
    }
}
