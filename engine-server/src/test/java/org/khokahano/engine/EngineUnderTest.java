package org.khokahano.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.EngineConfig;
import org.khokahano.explain.StoredTraces;
import org.khokahano.revision.RevisionArchive;

/** A whole engine on free ports with real files and sockets, and an HTTP client for its admin port. */
public final class EngineUnderTest implements AutoCloseable {

    private static final long WAIT_SECONDS = 20;

    public final Path directory;
    public final AdminAssembly admin;
    public final Engine engine;
    private boolean stopped;
    private final HttpClient http = HttpClient.newHttpClient();

    /** Assembles and does not start it. */
    public EngineUnderTest(Path directory, int partnerPort) throws IOException {
        this(directory, partnerPort, "");
    }

    /** As the other, with more keys of its route, as in {@code map: [a.yaml]}. */
    public EngineUnderTest(Path directory, int partnerPort, String routeKeys) throws IOException {
        this(directory, partnerPort, routeKeys, "", "");
    }

    /** As the other, with more keys of its listener and of the whole. */
    public EngineUnderTest(Path directory, int partnerPort, String routeKeys, String listenerKeys, String more)
            throws IOException {
        this.directory = directory;
        Files.writeString(
                directory.resolve("engine.yaml"),
                """
                engine: under-test
                store: {embedded: {path: "%s"}}
                admin: {listen: "127.0.0.1:0"}
                shutdown: {drain: 1s}
                listeners:
                  in: {mllp: {port: 0, host: 127.0.0.1}%s}
                routes:
                  all: {from: [in], to: [lis]%s}
                destinations:
                  lis:
                    mllp: {host: 127.0.0.1, port: %d}
                    order: {key: PID-3.1, lanes: 2}
                    retry: {first: 50ms, max: 100ms}
                """.formatted(
                                        directory.resolve("data"),
                                        listenerKeys.isEmpty() ? "" : ", " + listenerKeys,
                                        routeKeys.isEmpty() ? "" : ", " + routeKeys,
                                        partnerPort)
                        + more);
        EngineConfig config = ConfigurationReader.read(directory, name -> Optional.empty())
                .config()
                .orElseThrow();
        admin = AdminAssembly.begin(config, Optional.empty());
        engine = EngineAssembly.assemble(config, Optional.empty(), admin.events());
    }

    public void start() {
        RevisionArchive archive = new RevisionArchive(directory.resolve("data"));
        admin.attach(
                engine,
                new Reconfiguration(engine, archive, name -> Optional.empty(), admin.events()),
                new StoredTraces(engine, archive, name -> Optional.empty()));
        engine.start();
    }

    public URI adminAddress() {
        try {
            InetSocketAddress address = admin.address().get(WAIT_SECONDS, TimeUnit.SECONDS);
            return URI.create("http://127.0.0.1:" + address.getPort());
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public String token() throws IOException {
        return Files.readString(directory.resolve("data").resolve("admin.token"))
                .strip();
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    public HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send(request(path).POST(BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(adminAddress().resolve(path)).header("Authorization", "Bearer " + token());
    }

    /** A sample of /metrics by its name and labels as they are written there; 0 where it is missing. */
    public double metric(String name) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(adminAddress().resolve("/metrics")).GET())
                .body()
                .lines()
                .filter(line -> line.startsWith(name + ' '))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    /** Sends a message over MLLP on a connection of its own and returns the acknowledgement. */
    public @Nullable String exchange(String message) throws IOException {
        InetSocketAddress address = Awaitility.await()
                .atMost(Duration.ofSeconds(WAIT_SECONDS))
                .until(() -> engine.listeners().get(0).address(), Objects::nonNull);
        return exchange(address.getPort(), message);
    }

    /** As the other, with a listener at that port. */
    public static @Nullable String exchange(int port, String message) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
            socket.getOutputStream().write(ScriptedPartner.frame(message));
            return ScriptedPartner.readFrame(socket.getInputStream());
        }
    }

    /** Writes frames in one piece, and reads so many answers. */
    public List<String> exchangeAll(String frames, int answers) throws IOException {
        InetSocketAddress address =
                Objects.requireNonNull(engine.listeners().get(0).address());
        List<String> all = new ArrayList<>();
        try (Socket socket = new Socket("127.0.0.1", address.getPort())) {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
            socket.getOutputStream().write(frames.getBytes(StandardCharsets.ISO_8859_1));
            while (all.size() < answers) {
                all.add(Objects.requireNonNull(ScriptedPartner.readFrame(socket.getInputStream())));
            }
        }
        return all;
    }

    /** An admission of an invented patient. */
    public static String admission(String controlId, String patient, String name) {
        return "MSH|^~\\&|EHR|QMMH|LIS|NRL|20261122080000||ADT^A01^ADT_A01|" + controlId + "|P|2.5\r" + "PID|1||"
                + patient + "||" + name + "\r";
    }

    /** Stops the engine and leaves the admin port open. */
    public void stopEngine() {
        if (!stopped) {
            stopped = true;
            engine.stop();
        }
    }

    @Override
    public void close() {
        stopEngine();
        admin.close();
    }
}
