package org.khokahano.bench.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A run's results as a table, as Markdown and as JSON. */
final class SideBySideReport {
    private static final List<String> HEADINGS = List.of(
            "peer",
            "ack/s",
            "delivered/s",
            "of copy",
            "ack ms p50/p95/p99",
            "end-to-end ms p50/p95/p99",
            "CPU µs/msg",
            "of copy",
            "peak MB",
            "lost",
            "dup",
            "misord",
            "others %",
            "other faults");

    private final List<RoundResult> results;
    private final List<Scenario> scenarios;
    private final Workspace workspace;

    SideBySideReport(List<RoundResult> results, List<Scenario> scenarios, Workspace workspace) {
        this.results = results;
        this.scenarios = scenarios;
        this.workspace = workspace;
    }

    /** The table for a terminal. */
    String table() {
        StringBuilder text = new StringBuilder();
        for (Scenario scenario : scenarios) {
            List<List<String>> rows = rows(scenario);
            int[] widths = new int[HEADINGS.size()];
            for (List<String> row : rows) {
                Arrays.setAll(
                        widths,
                        column -> Math.max(widths[column], row.get(column).length()));
            }
            text.append('\n').append(heading(scenario)).append('\n');
            for (List<String> row : rows) {
                for (int column = 0; column < row.size(); column++) {
                    String format = column == 0 ? "%-" + widths[column] + "s" : "  %" + widths[column] + "s";
                    text.append(String.format(Locale.ROOT, format, row.get(column)));
                }
                text.append('\n');
            }
            text.append(ofEngine(scenario));
        }
        return text.toString();
    }

    /** Writes report.md and report.json into a directory. */
    void write(Path directory) throws IOException {
        Files.writeString(directory.resolve("report.md"), markdown());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("machine", machine());
        document.put("jvmOptions", workspace.jvmOptions());
        document.put("java", workspace.java().toString());
        document.put("rounds", results);
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(directory.resolve("report.json").toFile(), document);
    }

    private String markdown() {
        StringBuilder text = new StringBuilder("# Side by side\n\n" + machine() + ", JVM options "
                + String.join(" ", workspace.jvmOptions()) + ". Medians over the rounds; counts are sums.\n");
        for (Scenario scenario : scenarios) {
            text.append("\n## ").append(heading(scenario)).append("\n\n");
            List<List<String>> rows = rows(scenario);
            for (int row = 0; row < rows.size(); row++) {
                text.append("| ").append(String.join(" | ", rows.get(row))).append(" |\n");
                if (row == 0) {
                    text.append("|---".repeat(HEADINGS.size())).append("|\n");
                }
            }
            text.append('\n').append(ofEngine(scenario));
        }
        text.append('\n');
        for (Peer peer : Peer.values()) {
            text.append("- ")
                    .append(peer.label())
                    .append(": ")
                    .append(peer.description())
                    .append('\n');
        }
        return text.toString();
    }

    private List<List<String>> rows(Scenario scenario) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        for (Peer peer : Peer.values()) {
            List<RoundResult> own = of(scenario, peer);
            if (!own.isEmpty()) {
                rows.add(row(scenario, peer, own));
            }
        }
        return rows;
    }

    private List<String> row(Scenario scenario, Peer peer, List<RoundResult> own) {
        return List.of(
                peer.label(),
                whole(median(own, RoundResult::acknowledgedPerSecond)),
                whole(median(own, RoundResult::deliveredPerSecond)),
                ofCopy(scenario, own, RoundResult::deliveredPerSecond),
                millis(own, List.of(RoundResult::ackP50Micros, RoundResult::ackP95Micros, RoundResult::ackP99Micros)),
                millis(
                        own,
                        List.of(
                                RoundResult::endToEndP50Micros,
                                RoundResult::endToEndP95Micros,
                                RoundResult::endToEndP99Micros)),
                tenth(median(own, RoundResult::cpuMicrosPerMessage)),
                ofCopy(scenario, own, RoundResult::cpuMicrosPerMessage),
                whole(median(own, result -> result.peakResidentKilobytes() / 1024.0)),
                sum(own, RoundResult::lost),
                sum(own, RoundResult::duplicated),
                sum(own, RoundResult::misordered),
                whole(median(own, RoundResult::othersCpuPercent)),
                String.join(
                        "; ",
                        own.stream()
                                .map(RoundResult::faults)
                                .filter(faults -> !faults.isEmpty())
                                .toList()));
    }

    private List<RoundResult> of(Scenario scenario, Peer peer) {
        return results.stream()
                .filter(result -> result.scenario().equals(scenario.label())
                        && result.peer().equals(peer.label()))
                .toList();
    }

    /** What routes and a mapping, or validation, leave of the plain relay's speed; nothing where not measured. */
    private String ofEngine(Scenario scenario) {
        return Stream.of(Peer.ENGINE_ROUTES, Peer.ENGINE_VALIDATED)
                .map(peer -> ofEngine(scenario, peer))
                .collect(Collectors.joining());
    }

    private String ofEngine(Scenario scenario, Peer peer) {
        List<RoundResult> own = of(scenario, peer);
        String speed = ratio(scenario, own, Peer.ENGINE, RoundResult::deliveredPerSecond);
        String cost = ratio(scenario, own, Peer.ENGINE, RoundResult::cpuMicrosPerMessage);
        return speed.isEmpty()
                ? ""
                : peer.label() + " of " + Peer.ENGINE.label() + ": delivered/s " + speed + ", CPU " + cost + '\n';
    }

    private String ofCopy(Scenario scenario, List<RoundResult> own, ToDoubleFunction<RoundResult> value) {
        return ratio(scenario, own, Peer.COPY, value);
    }

    /** The median of the ratios within each round, since the machine's speed drifts between rounds. */
    private String ratio(
            Scenario scenario, List<RoundResult> own, Peer yardstick, ToDoubleFunction<RoundResult> value) {
        double[] ratios = own.stream()
                .flatMapToDouble(mine -> of(scenario, yardstick).stream()
                        .filter(other -> other.round() == mine.round())
                        .mapToDouble(other -> value.applyAsDouble(mine) / value.applyAsDouble(other)))
                .toArray();
        return ratios.length == 0 ? "" : String.format(Locale.ROOT, "%.2f", median(ratios));
    }

    private static String millis(List<RoundResult> own, List<ToDoubleFunction<RoundResult>> micros) {
        return String.join(
                "/",
                micros.stream()
                        .map(value -> String.format(Locale.ROOT, "%.2f", median(own, value) / 1e3))
                        .toList());
    }

    private static String sum(List<RoundResult> own, ToLongFunction<RoundResult> value) {
        return Long.toString(own.stream().mapToLong(value).sum());
    }

    private static double median(List<RoundResult> own, ToDoubleFunction<RoundResult> value) {
        return median(own.stream().mapToDouble(value).toArray());
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static String heading(Scenario scenario) {
        return scenario.label() + ": " + scenario.description();
    }

    private static String machine() {
        return Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch");
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String tenth(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
