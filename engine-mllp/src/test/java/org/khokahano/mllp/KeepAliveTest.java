package org.khokahano.mllp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Asks the kernel, which tells in /proc/net whether a connection's keep-alive timer runs. */
@Tag("socket")
@Timeout(30)
class KeepAliveTest {

    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final String ESTABLISHED = "01";
    private static final String KEEP_ALIVE_TIMER = "02:";
    private static final String NO_TIMER = "00:";

    @BeforeEach
    void onlyWhereTheKernelTells() {
        assumeThat(TABLES.get(0)).as("Linux tells of timers in /proc/net").exists();
    }

    /** The timer of the connection between two ports as its first end sees it; empty where there is none. */
    private static String timer(int ownPort, int otherPort) throws IOException {
        List<String> rows = new ArrayList<>();
        for (Path table : TABLES) {
            if (Files.exists(table)) {
                rows.addAll(Files.readAllLines(table));
            }
        }
        for (String row : rows) {
            String[] columns = row.strip().split(" +");
            if (columns[1].endsWith(hex(ownPort))
                    && columns[2].endsWith(hex(otherPort))
                    && columns[3].equals(ESTABLISHED)) {
                return columns[5];
            }
        }
        return "";
    }

    private static String hex(int port) {
        return String.format(Locale.ROOT, ":%04X", port);
    }

    @Test
    @DisplayName("R8 F10 TCP keep-alive is on for each connection that a listener takes")
    void shouldKeepAcceptedConnectionsAlive() throws IOException {
        try (ListenerFixture fixture = new ListenerFixture();
                ScriptedClient client = fixture.connect()) {
            client.send(TestMessages.adt("A"));
            assertThat(client.readAnswer()).contains("MSA|AA|A");
            int clientPort = client.socket().getLocalPort();
            int listener = client.socket().getPort();

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> timer(listener, clientPort).startsWith(KEEP_ALIVE_TIMER));
            assertThat(timer(clientPort, listener))
                    .as("the test's own end has none")
                    .startsWith(NO_TIMER);
        }
    }

    @Test
    @DisplayName("R8 F10 TCP keep-alive is on for each connection to a partner, unless it is turned off")
    void shouldKeepConnectionsToPartnersAlive() throws Exception {
        List<Integer> ports = new ArrayList<>();
        ScriptedPeer.Step noted = (message, exchange) -> {
            ports.add(exchange.socket().getPort());
            ScriptedPeer.answers("AA").take(message, exchange);
        };
        try (ScriptedPeer peer = new ScriptedPeer(noted, noted);
                SenderFixture on = new SenderFixture(peer.settings());
                SenderFixture off = new SenderFixture(withoutKeepAlive(peer.settings()))) {
            on.send("A");
            off.send("B");
            int partner = peer.address().getPort();

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> timer(ports.get(0), partner).startsWith(KEEP_ALIVE_TIMER));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> timer(ports.get(1), partner).startsWith(NO_TIMER));
        }
    }

    private static MllpSenderSettings withoutKeepAlive(MllpSenderSettings s) {
        return new MllpSenderSettings(
                s.host(), s.port(), s.connectTimeout(), false, s.idleClose(), s.answers(), s.tls());
    }
}
