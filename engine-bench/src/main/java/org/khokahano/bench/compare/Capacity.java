package org.khokahano.bench.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how one engine behaves at its bounds: a full store, a long queue, many connections. */
@Command(
        name = "capacity",
        mixinStandardHelpOptions = true,
        description = {
            "Measures one engine at its bounds. Scenarios:",
            "  queue        a long queue before a closed port, with a small heap",
            "  restart      time to ready again with a queue, after a stop and after a kill",
            "  curve        cost of a message from an empty store to millions of rows",
            "  connections  many open connections",
            "  churn        many connections opened and closed"
        })
public final class Capacity implements Callable<Integer> {
    @Option(names = "--scenarios", split = ",", defaultValue = "queue,restart,curve,connections,churn")
    private List<String> scenarios = List.of();

    @Option(names = "--peer", defaultValue = "engine", description = "What is measured, as in side-by-side.")
    private String peer = "engine";

    @Option(names = "--queue-messages", defaultValue = "1000000")
    private long queueMessages;

    @Option(names = "--queue-jvm", split = " ", defaultValue = "-Xmx256m", description = "JVM options for queue.")
    private List<String> queueJvmOptions = List.of();

    @Option(names = "--restart-messages", defaultValue = "100000")
    private long restartMessages;

    @Option(names = "--curve-messages", defaultValue = "2000000")
    private long curveMessages;

    @Option(names = "--step-messages", defaultValue = "100000", description = "Messages between two rows.")
    private long stepMessages;

    @Option(names = "--connections", defaultValue = "1000", description = "Connections held open.")
    private int connections;

    @Option(names = "--churn-connections", defaultValue = "10000", description = "Connections opened and closed.")
    private int churnConnections;

    @Option(names = "--seed", defaultValue = "20261122")
    private long seed;

    @Mixin
    private final WorkspaceOptions options = new WorkspaceOptions("capacity");

    private final Progress progress = new Progress(System.err);

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Capacity()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Workspace workspace = options.workspace();
        Peer measured = Peer.labelled(peer);
        List<Sheet> sheets = new ArrayList<>();
        int failures = 0;
        for (String scenario : scenarios) {
            progress.step(scenario + ": " + measured.label());
            try {
                Sheet sheet = run(scenario, workspace, measured);
                progress.done();
                System.out.println(sheet.markdown());
                sheets.add(sheet);
            } catch (IOException e) {
                failures++;
                progress.step("FAILED " + scenario + ": " + e.getMessage());
            }
        }
        write(workspace, sheets);
        return failures > 0 ? 1 : 0;
    }

    private Sheet run(String scenario, Workspace workspace, Peer measured) throws IOException, InterruptedException {
        BacklogScenarios backlog = new BacklogScenarios(workspace, measured, seed, progress);
        ConnectionScenarios sockets = new ConnectionScenarios(workspace, measured, seed, progress);
        return switch (scenario) {
            case "queue" ->
                new BacklogScenarios(options.workspace(queueJvmOptions), measured, seed, progress)
                        .queue(queueMessages, stepMessages);
            case "restart" -> backlog.restart(restartMessages);
            case "curve" -> backlog.curve(curveMessages, stepMessages);
            case "connections" -> sockets.manyOpen(connections);
            case "churn" -> sockets.openedAndClosed(churnConnections);
            default ->
                throw new IllegalArgumentException(
                        "No scenario '" + scenario + "'; there are queue, restart, curve, connections, churn");
        };
    }

    private static void write(Workspace workspace, List<Sheet> sheets) throws IOException {
        Files.createDirectories(workspace.output());
        StringBuilder text = new StringBuilder("# Capacity\n");
        sheets.forEach(sheet -> text.append('\n').append(sheet.markdown()));
        Files.writeString(workspace.output().resolve("report.md"), text);
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(workspace.output().resolve("report.json").toFile(), sheets);
    }
}
