package org.khokahano.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.engine.EngineUnderTest;
import org.khokahano.engine.ScriptedPartner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Tag("socket")
class AdminTest {

    private static final String CANARY = "Kanarinyana^Thabo";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path directory;

    private final ScriptedPartner partner = new ScriptedPartner();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private EngineUnderTest running;

    @BeforeEach
    void assemble() throws IOException {
        log.start();
        ((LoggerContext) LoggerFactory.getILoggerFactory())
                .getLogger(Logger.ROOT_LOGGER_NAME)
                .addAppender(log);
        running = new EngineUnderTest(directory, partner.port());
    }

    @AfterEach
    void close() throws IOException {
        running.close();
        partner.close();
        ((LoggerContext) LoggerFactory.getILoggerFactory())
                .getLogger(Logger.ROOT_LOGGER_NAME)
                .detachAppender(log);
    }

    private static String message(int number) {
        return EngineUnderTest.admission("C" + number, "P" + number, CANARY);
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> response = running.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return MAPPER.readTree(response.body());
    }

    @Test
    @DisplayName("Counters are exact after traffic: received, accepted, duplicates, rejected, delivered")
    void shouldCountEachMessageOnce() throws Exception {
        running.start();
        for (int i = 0; i < 5; i++) {
            assertThat(running.exchange(message(i))).contains("MSA|AA|C" + i);
        }
        running.exchange(message(0));
        running.exchange("no message at all");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(running.metric("khoka_deliveries_delivered_total{destination=\"lis\"}"))
                        .isEqualTo(5));
        assertThat(running.metric("khoka_messages_received_total{listener=\"in\"}"))
                .isEqualTo(7);
        assertThat(running.metric("khoka_messages_accepted_total{listener=\"in\"}"))
                .isEqualTo(5);
        assertThat(running.metric("khoka_messages_duplicate_total{listener=\"in\"}"))
                .isEqualTo(1);
        assertThat(running.metric("khoka_messages_rejected_total{listener=\"in\",reason=\"noMsh\"}"))
                .isEqualTo(1);
        assertThat(running.metric("khoka_messages_quarantined_total{listener=\"in\",reason=\"noMsh\"}"))
                .isEqualTo(1);
        assertThat(running.metric("khoka_received_bytes_total{listener=\"in\"}"))
                .isEqualTo(6.0 * message(0).length() + "no message at all".length());
        assertThat(running.metric("khoka_ack_latency_seconds_count{listener=\"in\"}"))
                .isEqualTo(7);
        assertThat(running.metric("khoka_attempts_total{destination=\"lis\",outcome=\"AA\"}"))
                .isEqualTo(5);
        assertThat(running.metric("khoka_delivery_latency_seconds_count{destination=\"lis\"}"))
                .isEqualTo(5);
        assertThat(running.metric("khoka_connections_opened_total{listener=\"in\"}"))
                .isEqualTo(7);
        assertThat(running.metric("khoka_queue_depth{destination=\"lis\"}")).isZero();
        assertThat(running.metric("khoka_lanes{destination=\"lis\",state=\"RUNNING\"}"))
                .isEqualTo(2);
        assertThat(running.metric("khoka_ready")).isEqualTo(1);
    }

    @Test
    @DisplayName("Readiness: 503 while starting, 200 while messages are taken, degraded while a lane stands")
    void shouldSayWhatIsMissingUntilMessagesAreTaken() throws Exception {
        HttpResponse<String> before = running.get("/health/ready");
        assertThat(before.statusCode()).isEqualTo(503);
        assertThat(before.body()).contains("the engine is starting");
        assertThat(running.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(running.get("/api/engine").statusCode()).isEqualTo(503);

        running.start();

        await().atMost(SOON).until(() -> running.get("/health/ready").statusCode() == 200);
        assertThat(json("/health/ready").path("status").asText()).isEqualTo("ready");
        running.post("/api/destinations/lis/pause", "{\"reason\":\"test\"}");
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(json("/health/ready").path("status").asText())
                                .isEqualTo("degraded"));
        running.post("/api/destinations/lis/resume", "{\"reason\":\"test\"}");
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(json("/health/ready").path("status").asText())
                                .isEqualTo("ready"));
        running.stopEngine();
        assertThat(running.get("/health/ready").statusCode()).isEqualTo(503);
    }

    @Test
    @DisplayName("Everything below /api asks for the token, which only its owner may read")
    void shouldRefuseEveryRouteWithoutTheToken() throws Exception {
        running.start();
        for (Map.Entry<String, JsonNode> path : paths()) {
            String url = path.getKey().replaceAll("\\{\\w+}", "1");
            String method = path.getValue().fieldNames().next().toUpperCase(java.util.Locale.ROOT);
            for (String header : List.of("Bearer " + "x".repeat(43), "Basic eDp4", "Bearer")) {
                HttpRequest.Builder request = HttpRequest.newBuilder(
                                running.adminAddress().resolve(url))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .header("Authorization", header);
                assertThat(running.send(request).statusCode())
                        .as(method + ' ' + url)
                        .isEqualTo(401);
            }
        }
        Path token = directory.resolve("data").resolve(AdminToken.FILE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                .isEqualTo("rw-------");
        assertThat(logged()).doesNotContain(running.token());
    }

    private Set<Map.Entry<String, JsonNode>> paths() throws Exception {
        return json("/api/openapi.json").path("paths").properties();
    }

    @Test
    @DisplayName("The OpenAPI document describes the routes: each answers what it says, and misspelt ones do not")
    void shouldAnswerEveryDocumentedRoute() throws Exception {
        running.start();
        running.exchange(message(1));
        Set<String> documented = paths().stream().map(Map.Entry::getKey).collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).hasSizeGreaterThan(10).contains("/api/messages/{id}/resend");
        JsonNode schemas = json("/api/openapi.json").path("components").path("schemas");
        for (Map.Entry<String, JsonNode> path : paths()) {
            JsonNode get = path.getValue().path("get");
            if (!get.isMissingNode() && !path.getKey().contains("/body")) {
                String url = path.getKey().replace("{name}", "lis").replace("{id}", "1");
                if (url.equals("/api/configuration/plan")) {
                    url += "?directory=" + directory;
                } else if (url.endsWith("/explanation")) {
                    url += "?reason=checking";
                } else if (url.equals("/api/conformance/letter")) {
                    url += "?facility=QMMH";
                }
                HttpResponse<String> answer = running.get(url);
                if (url.equals("/api/quarantine/1") || url.contains("/letter?")) {
                    assertThat(answer.statusCode()).isEqualTo(404);
                    continue;
                }
                assertThat(answer.statusCode()).as(url + answer.body()).isEqualTo(200);
                String name = get.at("/responses/200/content/application~1json/schema/$ref")
                        .asText()
                        .replaceFirst(".*/", "");
                Set<String> said = new TreeSet<>();
                schemas.path(name).path("properties").fieldNames().forEachRemaining(said::add);
                Set<String> answered = new TreeSet<>();
                MAPPER.readTree(answer.body()).fieldNames().forEachRemaining(answered::add);
                assertThat(answered).as(url).isEqualTo(said);
            }
        }
        assertThat(running.get("/api/messages?patient=P1").statusCode()).isEqualTo(400);
        assertThat(running.get("/api/messages?limit=100000").statusCode()).isEqualTo(400);
        assertThat(running.post("/api/destinations/lis/pause", "{").statusCode())
                .isEqualTo(400);
        assertThat(running.post("/api/destinations/lis/pause", "{}").statusCode())
                .isEqualTo(400);
        assertThat(running.get("/api/destinations/nobody").statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("Content comes out of the body routes only, and each such view is logged without content")
    void shouldShowContentOnlyWhereItIsAskedFor() throws Exception {
        running.start();
        partner.answerWith("AE");
        running.exchange(message(1));
        running.exchange("garbage about " + CANARY);
        await().atMost(SOON).until(() -> running.metric("khoka_dead_letters_total{destination=\"lis\"}") > 0);
        StringBuilder seen = new StringBuilder();
        for (Map.Entry<String, JsonNode> path : paths()) {
            if (path.getValue().has("get") && !path.getKey().contains("/body")) {
                seen.append(running.get(path.getKey().replace("{name}", "lis").replace("{id}", "1"))
                        .body());
            }
        }
        seen.append(running.get("/metrics").body())
                .append(running.get("/health/ready").body());
        assertThat(seen.toString()).contains("\"controlId\":\"C1\"").doesNotContain("Kanarinyana");

        assertThat(running.get("/api/messages/1/body").statusCode()).isEqualTo(400);
        assertThat(running.get("/api/messages/1/body?reason=checking").body()).isEqualTo(message(1));
        assertThat(running.get("/api/quarantine/1/body?reason=checking").body()).contains("Kanarinyana");
        assertThat(logged()).contains("body of message 1").contains("checking").doesNotContain("Kanarinyana");
    }

    private String logged() {
        return List.copyOf(log.list).stream()
                .map(event -> event.getFormattedMessage() + event.getThrowableProxy())
                .collect(Collectors.joining("\n"));
    }

    @Test
    @DisplayName("A paused destination queues; a queued delivery can be skipped; resuming delivers the rest")
    void shouldSkipAQueuedDeliveryWhileTheDestinationIsPaused() throws Exception {
        running.start();
        running.post("/api/destinations/lis/pause", "{\"reason\":\"upgrade\"}");
        running.exchange(message(1));
        running.exchange(message(2));
        JsonNode queue = json("/api/destinations/lis/queue").path("deliveries");
        assertThat(queue).hasSize(2);
        String first = queue.get(0).path("id").asText();
        assertThat(running.post("/api/deliveries/" + first + "/skip", "{\"reason\":\"by telephone\"}")
                        .statusCode())
                .isEqualTo(200);

        running.post("/api/destinations/lis/resume", "{\"reason\":\"done\"}");

        await().atMost(SOON).untilAsserted(() -> assertThat(partner.received()).containsExactly(message(2)));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(json("/api/messages?state=skipped")
                                .path("messages")
                                .get(0)
                                .path("controlId")
                                .asText())
                        .isEqualTo("C1"));
        assertThat(running.metric("khoka_deliveries_skipped_total{destination=\"lis\"}"))
                .isEqualTo(1);
    }

    @Test
    @DisplayName(
            "P8 R28 A destination that was paused stays paused over a restart, with its reason, until it is resumed")
    void shouldKeepAPauseOverARestart() throws Exception {
        running.start();
        assertThat(running.post("/api/destinations/lis/pause", "{\"reason\":\"upgrade\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(running.exchange(message(1))).contains("MSA|AA|C1");
        running.close();
        running = new EngineUnderTest(directory, partner.port());
        running.start();

        assertThat(running.exchange(message(2))).contains("MSA|AA|C2");
        assertThat(running.get("/api/destinations").body()).contains("PAUSED", "upgrade");
        assertThat(json("/api/destinations/lis/queue").path("deliveries")).hasSize(2);
        assertThat(partner.received()).isEmpty();

        running.post("/api/destinations/lis/resume", "{\"reason\":\"done\"}");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(partner.received()).containsExactlyInAnyOrder(message(1), message(2)));
    }

    @Test
    @DisplayName("A resend that is refused is logged with who asked for it, why, and why not")
    void shouldLogARefusedResend() throws Exception {
        var logger = (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(OperatorDesk.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            running.start();
            assertThat(running.post("/api/messages/99/resend", "{\"reason\":\"lost\"}")
                            .statusCode())
                    .isBetween(400, 499);
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list.stream().map(ILoggingEvent::getFormattedMessage))
                .singleElement()
                .asString()
                .startsWith(
                        "message 99: all deliveries not sent again, though token from 127.0.0.1 asked for it (lost): ");
    }

    @Test
    @DisplayName("A destination that waits to try again says when, in its status and in the readiness")
    void shouldSayWhenItTriesAgain() throws Exception {
        running.start();
        partner.close();
        running.exchange(EngineUnderTest.admission("C1", "4711", "Mokoena^Lerato"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(running.get("/api/destinations").body())
                        .containsPattern("\"nextTryAt\":\"20[0-9T:.Z-]+\""));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(running.get("/health/ready").body())
                        .containsPattern("wait to try again, the next at 20"));
    }
}
