package org.khokahano.fault;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.khokahano.process.DefaultSignals;

/** The engine as a process of its own, on the class path of the tests. */
final class EngineProcess implements AutoCloseable {

    private static final Duration EXIT_WITHIN = Duration.ofSeconds(45);

    private final Process process;
    private final Path log;

    private EngineProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** How to start one; the same plan starts it again on the same data and ports. */
    static final class Plan {
        private final Path directory;
        private final List<String> options = new ArrayList<>();
        private final Map<String, String> environment = new HashMap<>();
        private List<String> prefix = List.of();
        private String main = "org.khokahano.cli.Khoka";
        private Path config = repository().resolve("config/relay");
        private int starts;
        private int adminPort;
        final int port = freePort();

        /** @param directory an empty directory for data, logs and what libraries unpack */
        Plan(Path directory) {
            this.directory = directory;
            environment.put("RELAY_IN", Integer.toString(port));
            environment.put("RELAY_ADMIN", Integer.toString(freePort()));
            environment.put("KHOKA_DATA", data().toString());
        }

        Plan to(int destinationPort) {
            return with("RELAY_OUT", Integer.toString(destinationPort));
        }

        Plan with(String variable, String value) {
            environment.put(variable, value);
            return this;
        }

        Plan option(String option) {
            options.add(option);
            return this;
        }

        /** The admin port of this configuration, which start() waits for too: it opens beside the engine. */
        Plan admin(int port) {
            adminPort = port;
            return this;
        }

        Plan under(String... command) {
            prefix = List.of(command);
            return this;
        }

        Plan main(Class<?> mainClass) {
            main = mainClass.getName();
            return this;
        }

        /** A configuration of the test's own, in the place of the relay. */
        Plan config(String yaml) {
            try {
                config = Files.createDirectories(directory.resolve("config"));
                Files.writeString(config.resolve("engine.yaml"), yaml);
                return this;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        Path data() {
            return directory.resolve("data");
        }

        /** Starts it without waiting. */
        EngineProcess launch() {
            List<String> command = new ArrayList<>(prefix);
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            // Quick to start, and quick to compile what a life of seconds needs.
            command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
            command.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData"));
            command.add("-Dorg.sqlite.tmpdir=" + directory);
            command.add("-Dio.netty.native.workdir=" + directory);
            command.addAll(options.isEmpty() ? List.of("-Xmx256m") : options);
            command.addAll(List.of("-cp", classPath(), main, "run", config.toString()));
            Path log = directory.resolve("engine-" + ++starts + ".log");
            ProcessBuilder builder = new ProcessBuilder(DefaultSignals.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            try {
                return new EngineProcess(builder.start(), log);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        /** Starts it and waits until it listens. */
        EngineProcess start() {
            EngineProcess engine = launch();
            engine.awaitReady();
            if (adminPort > 0) {
                engine.awaitOpen(adminPort);
            }
            return engine;
        }

        private static String classPath() {
            String real = System.getProperty("surefire.test.class.path");
            return real != null ? real : System.getProperty("java.class.path");
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The directory that holds config/relay: this module's parent. */
    static Path repository() {
        Path directory = Path.of("").toAbsolutePath();
        while (directory != null && !Files.exists(directory.resolve("config/relay/engine.yaml"))) {
            directory = directory.getParent();
        }
        if (directory == null) {
            throw new IllegalStateException("config/relay is not above the working directory");
        }
        return directory;
    }

    private void awaitOpen(int port) {
        Awaitility.await("port " + port + " to be open")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .failFast(() -> !process.isAlive())
                .until(() -> {
                    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                        return socket.isConnected();
                    } catch (ConnectException e) {
                        return false;
                    }
                });
    }

    void awaitReady() {
        try {
            Awaitility.await("the engine to be ready")
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(20))
                    .failFast(() -> !process.isAlive())
                    .until(() -> log().contains("engine is ready"));
        } catch (RuntimeException e) {
            kill();
            throw new IllegalStateException("the engine did not become ready; its log:\n" + log(), e);
        }
    }

    /** As the kernel or a power switch ends it: nothing runs any more. */
    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** SIGHUP. */
    void hangUp() throws IOException {
        new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start();
    }

    int awaitExit() {
        try {
            if (!process.waitFor(EXIT_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the engine did not end; its log:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
