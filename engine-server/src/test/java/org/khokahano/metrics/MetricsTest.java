package org.khokahano.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.ack.ErrorCondition;
import org.khokahano.message.Message;
import org.khokahano.route.Origin;
import org.khokahano.send.OutcomeKind;
import org.khokahano.store.StoreHealth;
import org.khokahano.store.archive.WaitingCount;
import org.khokahano.validation.Finding;
import org.khokahano.validation.Findings;
import org.khokahano.validation.JudgedMessage;
import org.khokahano.validation.Judgement;
import org.khokahano.validation.Place;
import org.khokahano.validation.Response;
import org.khokahano.validation.Severity;
import org.khokahano.validation.ValidationPolicy;
import org.khokahano.validation.Validator;

@Tag("unit")
class MetricsTest {

    /** Families that only a whole engine has; the test with sockets looks at those. */
    private static final Set<Metric> OF_A_WHOLE_ENGINE = Set.of(
            Metric.QUEUE_DEPTH, Metric.QUEUE_OLDEST_AGE, Metric.LANES, Metric.LANE_DEPTH, Metric.STORE_INDEX_LAG);

    @Test
    @DisplayName("docs/metrics.md says what the list of metrics says")
    void shouldBeDocumented() throws IOException {
        String rows = Arrays.stream(Metric.values())
                .map(metric -> "| `" + metric.exported() + "` | "
                        + metric.labels().stream().map(l -> "`" + l + "`").collect(Collectors.joining(", ")) + " | "
                        + metric.help() + " |\n")
                .collect(Collectors.joining());
        String page = Files.readString(Path.of("..", "docs", "metrics.md"));
        assertThat(page).as("docs/metrics.md must hold these rows:%n%s", rows).contains(rows);
        assertThat(page.lines().filter(line -> line.startsWith("| `khoka_")).count())
                .isEqualTo(Metric.values().length);
    }

    @Test
    @DisplayName("What is exported is the list, with the labels that it names")
    void shouldExportExactlyTheListedMetrics() {
        try (EngineMetrics metrics = new EngineMetrics()) {
            tellEverything(metrics);
            BooleanSupplier yes = () -> true;
            Supplier<StoreHealth> store = () -> new StoreHealth("", false, 5, 7);
            EngineGauges gauges = new EngineGauges(metrics, org.khokahano.loop.EngineClock.system());
            gauges.addBuild("1", "25");
            gauges.addReady(yes);
            gauges.addListener("in", yes);
            gauges.addStore(store);
            gauges.addRevision(() -> 3, () -> 1_000L, () -> 0);
            gauges.showTables(List.of("tests"), table -> new WaitingCount(table, 1, 2));
            gauges.showAcks(List.of("lis"), name -> 1, name -> 1_000);

            String scraped = metrics.scrape();

            Set<String> exported = new TreeSet<>();
            Matcher type = Pattern.compile("# TYPE (khoka_\\w+) \\w+").matcher(scraped);
            while (type.find()) {
                exported.add(type.group(1));
            }
            exported.removeIf(name -> name.endsWith("_max"));
            Set<String> listed = Arrays.stream(Metric.values())
                    .filter(metric -> !OF_A_WHOLE_ENGINE.contains(metric))
                    .map(Metric::exported)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(exported).isEqualTo(listed);
            for (Metric metric : Metric.values()) {
                for (String label : OF_A_WHOLE_ENGINE.contains(metric) ? List.<String>of() : metric.labels()) {
                    assertThat(scraped).containsPattern(metric.exported() + "\\w*\\{[^}]*" + label + "=");
                }
            }
        }
    }

    @Test
    @DisplayName("Codes past the bound share one counter, so that series stay bounded")
    void shouldBoundTheNumberOfSeriesWhenCodesAreEndless() {
        try (EngineMetrics metrics = new EngineMetrics()) {
            int codes = CodeCounters.MAX_CODES * 3;
            for (int i = 0; i < codes; i++) {
                metrics.warned("in", "code" + i);
            }

            String scraped = metrics.scrape();

            assertThat(scraped.lines().filter(line -> line.startsWith("khoka_warnings_total{")))
                    .hasSize(CodeCounters.MAX_CODES + 1);
            assertThat(scraped)
                    .contains("khoka_warnings_total{listener=\"in\",warning=\"other\"} "
                            + (double) (codes - CodeCounters.MAX_CODES));
        }
    }

    @Test
    @DisplayName("Latencies fall into buckets around the promise of five seconds")
    void shouldCountADeliveryInTheBucketsThatItFitsWhenItIsSlow() {
        try (EngineMetrics metrics = new EngineMetrics()) {
            metrics.delivered("out", 1, 10, Duration.ofSeconds(4));
            metrics.delivered("out", 2, 10, Duration.ofSeconds(6));

            assertThat(metrics.scrape())
                    .contains("khoka_delivery_latency_seconds_bucket{destination=\"out\",le=\"2.5\"} 0")
                    .contains("khoka_delivery_latency_seconds_bucket{destination=\"out\",le=\"5.0\"} 1")
                    .contains("khoka_delivery_latency_seconds_bucket{destination=\"out\",le=\"10.0\"} 2")
                    .contains("khoka_delivered_bytes_total{destination=\"out\"} 20.0");
        }
    }

    private static void tellEverything(EngineMetrics metrics) {
        Duration took = Duration.ofMillis(3);
        metrics.connectionOpened("in");
        metrics.connectionClosed("in", true);
        metrics.connectionRefused("in", "maxConnections");
        metrics.requestRefused("in", "http401");
        metrics.conditionFailed("results", "limit");
        metrics.filtered("results", "test-messages");
        metrics.dropped("results", 1);
        metrics.bytesSkipped("in", 1);
        metrics.received("in", 1);
        metrics.accepted("in", 1, 1, took);
        metrics.duplicate("in", 1, took);
        metrics.rejected("in", "storage", took);
        metrics.queried("in", "answered", took);
        metrics.linkStarted("in", true, took);
        metrics.acknowledgementTaken("in", took);
        metrics.applicationAcknowledged("lis", OutcomeKind.AA);
        metrics.quarantined("in", "NO_MSH", 1);
        metrics.warned("in", "odd");
        metrics.judged("in", invalid());
        metrics.conformed("QMMH", "listener", 2, 1);
        metrics.fragment("in", "kept");
        metrics.unrouted("in", 1, false);
        metrics.attempted("out", OutcomeKind.AA, took);
        metrics.delivered("out", 1, 1, took);
        metrics.retrying("out", OutcomeKind.TIMEOUT, true);
        metrics.deadLettered("out", 1, OutcomeKind.AR, "reason");
        metrics.skipped("out", 1, "reason");
        metrics.laneMoved("out", 0, "RUNNING", "HELD", "reason");
        metrics.queueUnreadable("out", 0);
        metrics.answerDropped("out", "unknownId");
        metrics.committed(1, 1, 1, took);
        metrics.pruned(1, 1, 1, 1, took);
    }

    private static JudgedMessage invalid() {
        Findings findings = new Findings(1, 1);
        findings.add(new Finding(
                Place.MESSAGE, "structure", "hl7", Severity.ERROR, ErrorCondition.SEGMENT_SEQUENCE_ERROR, ""));
        Validator never = new Validator() {
            @Override
            public String name() {
                return "never asked";
            }

            @Override
            public void validate(Message message, Origin origin, Findings added) {}
        };
        ValidationPolicy policy = new ValidationPolicy(never, Response.WARN, Response.WARN, Response.WARN, 1, 1);
        Judgement judgement = new Judgement(
                Judgement.Stage.LISTENER, "in", policy, new ValidationPolicy.Verdict(Response.WARN, findings));
        return new JudgedMessage("QMMH", "EHR", 1, 1, false, List.of(judgement));
    }
}
