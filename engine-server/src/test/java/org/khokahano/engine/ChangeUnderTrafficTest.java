package org.khokahano.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.EngineConfig;
import org.khokahano.event.EngineEvents;

/** Changes of listeners and destinations over HTTP and in directories while messages come in. */
@Tag("socket")
@Timeout(120)
class ChangeUnderTrafficTest {

    private static final int CHANGES = 8;
    private static final int MESSAGES_BETWEEN = 5;
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private EngineConfig config(String listener, String destination) throws IOException {
        Files.writeString(
                directory.resolve("engine.yaml"), """
                engine: changed
                store: {embedded: {path: "%s"}}
                listeners: {in: {%s}}
                routes: {all: {to: [out]}}
                destinations: {out: {%s, retry: {first: 50ms, max: 200ms}}}
                """.formatted(directory.resolve("data"), listener, destination));
        return ConfigurationReader.read(directory, name -> Optional.empty())
                .config()
                .orElseThrow();
    }

    private interface Changing {
        EngineConfig config(int number) throws IOException;
    }

    /** Changes now and then while a sender goes on, until enough was sent between each two changes. */
    private static void change(Engine engine, Changing configs, AtomicInteger sent) throws Exception {
        for (int number = 1; number <= CHANGES; number++) {
            int before = sent.get();
            await().atMost(SOON).until(() -> sent.get() >= before + MESSAGES_BETWEEN);
            engine.switchTo(number + 1, configs.config(number), () -> {});
            assertThat(engine.listeners().get(0).problem()).isEmpty();
        }
    }

    private static String admission(int number) {
        return EngineUnderTest.admission("T" + number, "LS7", "Lerato^Test");
    }

    private static List<String> ids(int last) {
        List<String> ids = new ArrayList<>();
        for (int number = 1; number <= last; number++) {
            ids.add("T" + number);
        }
        return ids;
    }

    private static String id(String message) {
        return message.split("\\|", -1)[9];
    }

    @Test
    @DisplayName(
            "F21 P1 P2 P3 listener and destination over HTTP change under traffic: none lost, repeated or out of order")
    void shouldChangeHttpUnderTraffic() throws Exception {
        List<String> arrived = new CopyOnWriteArrayList<>();
        HttpServer ministry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ministry.createContext("/", exchange -> {
            arrived.add(id(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        ministry.start();
        int port = freePort();
        String url = "http://127.0.0.1:" + ministry.getAddress().getPort() + "/in";
        Changing configs = number -> config(
                "http: {port: %d, host: 127.0.0.1, maxConnections: %d}".formatted(port, 100 + number),
                "http: {url: \"%s\", judge: status, headers: {X-Change: \"%d\"}}".formatted(url, number));
        Engine engine = EngineAssembly.assemble(configs.config(0), Optional.empty(), new EngineEvents() {});
        engine.start();
        AtomicInteger sent = new AtomicInteger();
        AtomicInteger stop = new AtomicInteger();
        try {
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> post(port, sent, stop));
            change(engine, configs, sent);
            stop.set(1);
            sender.get(SOON.toSeconds(), TimeUnit.SECONDS);
            await().atMost(SOON).until(() -> arrived.size() >= sent.get());
            assertThat(arrived).isEqualTo(ids(sent.get()));
        } finally {
            stop.set(1);
            engine.stop();
            ministry.stop(0);
        }
    }

    /** As a careful sender: what was not acknowledged comes again. */
    private static void post(int port, AtomicInteger sent, AtomicInteger stop) {
        HttpClient client = HttpClient.newHttpClient();
        while (stop.get() == 0) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hl7"))
                    .header("Content-Type", "application/hl7-v2")
                    .timeout(SOON)
                    .POST(HttpRequest.BodyPublishers.ofString(admission(sent.get() + 1)))
                    .build();
            try {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 200 && answer.body().contains("MSA|AA|")) {
                    sent.incrementAndGet();
                }
            } catch (IOException again) {
                // The port is closed for a moment.
                Thread.onSpinWait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Test
    @DisplayName("F21 P1 P2 P3 directories change under traffic: none lost, repeated or taken out of order")
    void shouldChangeDirectoriesUnderTraffic() throws Exception {
        Path in = Files.createDirectories(directory.resolve("in"));
        Path out = Files.createDirectories(directory.resolve("out"));
        IntFunction<String> listener =
                number -> "directory: {path: \"%s\", settle: off, poll: %dms}".formatted(in, 20 + number);
        Changing configs = number -> config(
                listener.apply(number),
                "directory: {path: \"%s\", name: \"{messageId}-{deliveryId}-c%d.hl7\"}".formatted(out, number));
        Engine engine = EngineAssembly.assemble(configs.config(0), Optional.empty(), new EngineEvents() {});
        engine.start();
        AtomicInteger sent = new AtomicInteger();
        AtomicInteger stop = new AtomicInteger();
        try {
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
                while (stop.get() == 0) {
                    drop(in, sent.get() + 1);
                    sent.incrementAndGet();
                    await().atMost(SOON).until(() -> stop.get() == 1 || isBelow(in, 5));
                }
            });
            change(engine, configs, sent);
            stop.set(1);
            sender.get(SOON.toSeconds(), TimeUnit.SECONDS);
            await().atMost(SOON).until(() -> count(out) >= sent.get());
            assertThat(contents(out)).isEqualTo(ids(sent.get()));
        } finally {
            stop.set(1);
            engine.stop();
        }
    }

    private static void drop(Path in, int number) {
        try {
            Path part = Files.writeString(in.resolve("m%05d.part".formatted(number)), admission(number));
            Files.move(part, in.resolve("m%05d.hl7".formatted(number)), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isBelow(Path where, int files) {
        try {
            return count(where) < files;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long count(Path where) throws IOException {
        return files(where).size();
    }

    private static List<Path> files(Path where) throws IOException {
        try (Stream<Path> files = Files.list(where)) {
            return files.filter(file -> file.toString().endsWith(".hl7"))
                    .sorted()
                    .toList();
        }
    }

    /** The ids in the order in which the messages were taken, which the files' names begin with. */
    private static List<String> contents(Path out) throws IOException {
        List<Path> files = new ArrayList<>(files(out));
        files.sort(Comparator.comparingLong(
                file -> Long.parseLong(file.getFileName().toString().split("-", -1)[0])));
        List<String> ids = new ArrayList<>();
        for (Path file : files) {
            ids.add(id(Files.readString(file)));
        }
        return ids;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
