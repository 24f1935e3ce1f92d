package org.khokahano.bench.compare;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One started engine or peer, and the ports and data that it was given. */
final class MeasuredProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 10;
    private static final int LOG_TAIL_LINES = 25;

    /**
     * What a process is started with.
     *
     * @param peer which program
     * @param lanes RELAY_LANES
     * @param inPort RELAY_IN
     * @param outPort RELAY_OUT
     * @param adminPort RELAY_ADMIN, the engine's health is asked there
     * @param data KHOKA_DATA
     * @param log where its output is appended
     */
    record Launch(Peer peer, int lanes, int inPort, int outPort, int adminPort, Path data, Path log) {}

    private final Launch launch;
    private final Process process;
    private final Thread endWithUs;

    private MeasuredProcess(Launch launch, Process process) {
        this.launch = launch;
        this.process = process;
        this.endWithUs =
                new Thread(process::destroyForcibly, "end-" + launch.peer().label());
        Runtime.getRuntime().addShutdownHook(endWithUs);
    }

    /** Starts it and returns at once. */
    static MeasuredProcess start(Workspace workspace, Launch launch) throws IOException {
        Files.createDirectories(launch.data());
        Path logs = launch.log().toAbsolutePath().getParent();
        if (logs != null) {
            Files.createDirectories(logs);
        }
        ProcessBuilder builder = new ProcessBuilder(command(workspace, launch.peer()));
        builder.environment()
                .putAll(Map.of(
                        "RELAY_IN", Integer.toString(launch.inPort()),
                        "RELAY_OUT", Integer.toString(launch.outPort()),
                        "RELAY_ADMIN", Integer.toString(launch.adminPort()),
                        "RELAY_LANES", Integer.toString(launch.lanes()),
                        "RELAY_WINDOW", "1",
                        "KHOKA_DATA", launch.data().toAbsolutePath().toString(),
                        "KHOKA_JAVA_OPTS", String.join(" ", workspace.jvmOptions())));
        builder.directory(workspace.repository().toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
        return new MeasuredProcess(launch, builder.start());
    }

    /**
     * Waits until it takes messages: the engine says so at /health/ready, a peer opens its port.
     *
     * @throws IOException if it ends or is not ready within three minutes, with the end of its log
     */
    Duration awaitReady() throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!isReady()) {
            if (!process.isAlive()) {
                throw new IOException(launch.peer().label() + " ended with code " + process.exitValue()
                        + " before it was ready; its log " + launch.log() + " ends with:\n" + logTail());
            }
            if (System.nanoTime() - start > START_LIMIT.toNanos()) {
                throw new IOException(launch.peer().label() + " was not ready in " + START_LIMIT.toSeconds()
                        + " s; its log " + launch.log() + " ends with:\n" + logTail());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    ProcessUsage usage() {
        return ProcessUsage.of(process.pid());
    }

    Launch launch() {
        return launch;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it as a power cut would. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        Runtime.getRuntime().removeShutdownHook(endWithUs);
    }

    /** Asks it to stop, and kills it if it has not after 30 seconds. Returns false if it was killed. */
    boolean stop() throws InterruptedException {
        process.destroy();
        boolean stopped = process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        if (!stopped) {
            process.destroyForcibly();
            process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        }
        Runtime.getRuntime().removeShutdownHook(endWithUs);
        return stopped;
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            try {
                stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                process.destroyForcibly();
            }
        }
    }

    private boolean isReady() {
        return launch.peer().configuration() != null ? healthSaysReady() : portIsOpen();
    }

    private boolean portIsOpen() {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), launch.inPort())) {
            return probe.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private boolean healthSaysReady() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create("http://127.0.0.1:" + launch.adminPort() + "/health/ready")
                            .toURL()
                            .openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(5_000);
            boolean ready = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            connection.disconnect();
            return ready;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> command(Workspace workspace, Peer peer) {
        String configuration = peer.configuration();
        if (configuration != null) {
            return List.of(workspace.repository().resolve("khoka").toString(), "run", configuration);
        }
        List<String> command = new ArrayList<>();
        command.add(workspace.java().toString());
        command.addAll(workspace.jvmOptions());
        command.add("-Dlogback.configurationFile=bench-logback.xml");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), peer.mainClassName()));
        return command;
    }

    private String logTail() throws IOException {
        List<String> lines = Files.readAllLines(launch.log(), StandardCharsets.UTF_8);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
    }
}
