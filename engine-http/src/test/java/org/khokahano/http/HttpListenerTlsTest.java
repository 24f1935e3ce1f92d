package org.khokahano.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.khokahano.http.TestMessages.message;
import static org.khokahano.http.TestMessages.text;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.loop.EngineClock;
import org.khokahano.tls.ClientCertificates;
import org.khokahano.tls.ServerTlsSettings;
import org.khokahano.tls.TestCertificates;
import org.khokahano.tls.TlsContext;
import org.khokahano.tls.TlsFiles;
import org.khokahano.tls.TlsReloader;

@Tag("socket")
@Timeout(60)
class HttpListenerTlsTest {

    /** A ClientHello of TLS 1.1 with two suites of its time and no extension (RFC 4346 7.4.1.2). */
    private static final byte[] TLS_1_1_HELLO = HexFormat.of()
            .parseHex("160301002f" + "0100002b" + "0302" + "5a".repeat(32) + "00" + "0004c013002f" + "0100");

    @TempDir
    private Path directory;

    private final TestLoops loops = new TestLoops();
    private final ScriptedIntake intake = new ScriptedIntake();
    private final RecordingEvents events = new RecordingEvents();
    private final List<HttpListener> listeners = new ArrayList<>();
    private TestCertificates ours;
    private TlsFiles serverFiles;

    @BeforeEach
    void issue() throws Exception {
        ours = new TestCertificates(directory.resolve("ours"), "Our CA");
        serverFiles = ours.issue("127.0.0.1");
    }

    @AfterEach
    void close() {
        listeners.forEach(HttpListener::close);
        loops.close();
    }

    private InetSocketAddress listening(ServerTlsSettings settings) throws IOException {
        return listening(settings, TlsContext.server("listener test", settings));
    }

    private InetSocketAddress listening(ServerTlsSettings settings, TlsContext context) {
        HttpListenerSettings plain =
                HttpListenerSettings.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        HttpListener listener = new HttpListener(
                new HttpListenerSettings(
                        plain.address(),
                        plain.path(),
                        plain.limits(),
                        plain.credentials(),
                        new ServerTls(settings, context)),
                intake,
                loops.group(),
                loops::executorOf,
                events,
                EngineClock.system());
        listeners.add(listener);
        listener.start();
        return Objects.requireNonNull(listener.address(), listener.problem());
    }

    private ServerTlsSettings asking(ClientCertificates clients, String... names) {
        return new ServerTlsSettings(serverFiles, clients, Set.of(names), TlsContext.PROTOCOLS);
    }

    private TlsFiles anonymous() {
        return new TlsFiles(null, null, ours.authorityFile());
    }

    private static RawConnection.Response post(SSLSocket socket, String controlId) throws IOException {
        try (RawConnection connection = new RawConnection(socket)) {
            return connection.post(message(controlId));
        }
    }

    private static RawConnection.Response post(TlsFiles files, InetSocketAddress to) throws Exception {
        return post(TlsClients.socket(TlsClients.context(files), to), "1");
    }

    private void awaitRefused(String reason) {
        await().untilAsserted(() -> assertThat(events.seen)
                .filteredOn(event -> event.contains("refused"))
                .containsExactly("connection refused " + reason));
    }

    @Test
    @DisplayName("F18 TLS 1.2 and 1.3 are spoken, and nothing older (BCP 195)")
    void shouldSpeakTls12And13AndNothingOlder() throws Exception {
        InetSocketAddress to = listening(ServerTlsSettings.of(serverFiles));
        SSLContext client = TlsClients.context(anonymous());
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            SSLSocket socket = TlsClients.socket(client, to);
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            assertThat(post(socket, version).status()).isEqualTo(200);
        }
        assertThat(intake.received).hasSize(2);
        try (RawConnection old = new RawConnection(to)) {
            old.write(TLS_1_1_HELLO);
            // A fatal alert (2), protocol_version (70): RFC 5246 7.2.
            assertThat(old.bytes(7)).startsWith(0x15).endsWith(2, 70);
            assertThat(old.isClosedByPeer()).isTrue();
        }
        awaitRefused("noCommonTls");
    }

    @Test
    @DisplayName("F18 a port for TLS 1.3 only refuses TLS 1.2")
    void shouldSpeakOnlyTheVersionsThatAreConfigured() throws Exception {
        InetSocketAddress to =
                listening(new ServerTlsSettings(serverFiles, ClientCertificates.NONE, Set.of(), List.of("TLSv1.3")));
        SSLSocket older = TlsClients.socket(TlsClients.context(anonymous()), to);
        older.setEnabledProtocols(new String[] {"TLSv1.2"});
        assertThatThrownBy(() -> post(older, "1")).isInstanceOf(SSLException.class);
        assertThat(post(anonymous(), to).status()).isEqualTo(200);
        awaitRefused("noCommonTls");
    }

    @Test
    @DisplayName("F18 a client certificate that is required: the right one, none, expired, foreign, of another name")
    void shouldRefuseClientsWithTheReason() throws Exception {
        InetSocketAddress to = listening(asking(ClientCertificates.REQUIRE, "clinic.example"));
        assertThat(post(ours.issue("Clinic.example"), to).status()).isEqualTo(200);
        assertThat(intake.received).hasSize(1);
        TlsFiles foreign = new TestCertificates(directory.resolve("theirs"), "Other CA").issue("clinic.example");
        record Case(String reason, TlsFiles client) {}
        List<Case> cases = List.of(
                new Case("noClientCertificate", anonymous()),
                new Case("certificateExpired", ours.issue("old", "clinic.example", Duration.ofDays(-1))),
                new Case("unknownAuthority", new TlsFiles(foreign.certificate(), foreign.key(), ours.authorityFile())),
                new Case("nameNotAllowed", ours.issue("stranger.example")));
        for (Case each : cases) {
            events.seen.clear();
            assertThatThrownBy(() -> post(each.client(), to)).as(each.reason()).isInstanceOf(IOException.class);
            awaitRefused(each.reason());
        }
        assertThat(intake.received).hasSize(1);
    }

    @Test
    @DisplayName("F18 a client certificate that is wanted may be missing, and must be right where it is there")
    void shouldTakeClientsWithoutACertificateWhereOneIsOnlyWanted() throws Exception {
        InetSocketAddress to = listening(asking(ClientCertificates.WANT));
        assertThat(post(anonymous(), to).status()).isEqualTo(200);
        assertThat(post(ours.issue("clinic.example"), to).status()).isEqualTo(200);
        TlsFiles foreign = new TestCertificates(directory.resolve("theirs"), "Other CA").issue("clinic.example");
        TlsFiles untrusted = new TlsFiles(foreign.certificate(), foreign.key(), ours.authorityFile());
        assertThatThrownBy(() -> post(untrusted, to)).isInstanceOf(IOException.class);
        awaitRefused("unknownAuthority");
        assertThat(intake.received).hasSize(2);
    }

    @Test
    @DisplayName("ALPN: h2 where the client offers it, else HTTP/1.1, also without ALPN (RFC 7301)")
    void shouldAgreeOnTheProtocolByAlpn() throws Exception {
        InetSocketAddress to = listening(ServerTlsSettings.of(serverFiles));
        SSLContext client = TlsClients.context(anonymous());
        assertThat(agreed(client, to, "h2", "http/1.1")).isEqualTo("h2");
        assertThat(agreed(client, to, "http/1.1")).isEqualTo("http/1.1");
        assertThat(agreed(client, to)).isEmpty();
        assertThat(post(anonymous(), to).status()).isEqualTo(200);
        for (HttpClient.Version version : HttpClient.Version.values()) {
            HttpClient http =
                    HttpClient.newBuilder().sslContext(client).version(version).build();
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + to.getPort() + "/hl7"))
                    .header("Content-Type", "application/hl7-v2")
                    .timeout(Duration.ofSeconds(20))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(message("A")))
                    .build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.body()).contains("MSA|AA|");
        }
        assertThat(intake.received).hasSize(3);
    }

    private static String agreed(SSLContext client, InetSocketAddress to, String... offered) throws IOException {
        try (SSLSocket socket = TlsClients.socket(client, to)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(offered);
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket.getApplicationProtocol();
        }
    }

    @Test
    @DisplayName("F18 certificates replaced on disk count without a restart, and open connections go on")
    void shouldTakeUpReplacedCertificates() throws Exception {
        ServerTlsSettings settings = ServerTlsSettings.of(serverFiles);
        TlsContext context = TlsContext.server("listener test", settings);
        InetSocketAddress to = listening(settings, context);
        try (TlsReloader reloader = new TlsReloader(Duration.ofMillis(50));
                RawConnection open = new RawConnection(TlsClients.socket(TlsClients.context(anonymous()), to))) {
            reloader.watch(context);
            assertThat(open.post(message("1")).status()).isEqualTo(200);
            X509Certificate before = shown(to);
            ours.issue("127.0.0.1", "127.0.0.1", Duration.ofDays(60));
            await().until(() -> shown(to).getNotAfter().after(before.getNotAfter()));
            assertThat(open.post(message("2")).status()).isEqualTo(200);
            assertThat(post(anonymous(), to).status()).isEqualTo(200);
        }
        assertThat(intake.received).hasSize(3);
        assertThat(events.seen).noneMatch(event -> event.contains("refused"));
    }

    /** The certificate that a new client without a session to resume is shown. */
    private X509Certificate shown(InetSocketAddress to) throws Exception {
        try (SSLSocket socket = TlsClients.socket(TlsClients.context(anonymous()), to)) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    @Test
    @DisplayName("F18 a replacement that cannot be used leaves the certificates before in force")
    void shouldServeOnWhenTheNewCertificateIsBroken() throws Exception {
        ServerTlsSettings settings = ServerTlsSettings.of(serverFiles);
        TlsContext context = TlsContext.server("listener test", settings);
        InetSocketAddress to = listening(settings, context);
        TestCertificates.replace(Objects.requireNonNull(serverFiles.certificate()), "not a certificate");
        assertThat(context.reloadIfChanged()).isFalse();
        assertThat(context.failedReloads()).isEqualTo(1);
        assertThat(post(anonymous(), to).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("F18 a client whose authority was removed cannot come back on a resumed session")
    void shouldRefuseAResumedSessionAfterItsAuthorityWasRemoved() throws Exception {
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            ServerTlsSettings settings = asking(ClientCertificates.REQUIRE);
            TlsContext context = TlsContext.server("listener test", settings);
            InetSocketAddress to = listening(settings, context);
            SSLContext client = TlsClients.context(ours.issue("clinic.example"));
            String ourAuthority = Files.readString(ours.authorityFile());
            assertThat(postBy(client, to, version)).isEqualTo("200");
            assertThat(postBy(client, to, version)).isEqualTo("200");
            TestCertificates next = new TestCertificates(directory.resolve("next"), "Next CA");
            TestCertificates.replace(ours.authorityFile(), Files.readString(next.authorityFile()));
            assertThat(context.reloadIfChanged()).isTrue();
            int before = intake.received.size();
            assertThat(postBy(client, to, version)).isIn("403", "refused");
            assertThat(intake.received).hasSize(before);
            TestCertificates.replace(ours.authorityFile(), ourAuthority);
        }
    }

    private static String postBy(SSLContext client, InetSocketAddress to, String version) throws IOException {
        SSLSocket socket = TlsClients.socket(client, to);
        socket.setEnabledProtocols(new String[] {version});
        try {
            return Integer.toString(post(socket, "1").status());
        } catch (IOException e) {
            return "refused";
        }
    }

    @Test
    @DisplayName("R7 F18 a probe of a TLS port is only counted; HTTP without TLS is refused")
    void shouldTellProbesAndPlainHttpFromTls() throws Exception {
        InetSocketAddress to = listening(ServerTlsSettings.of(serverFiles));
        new RawConnection(to).close();
        await().until(() -> events.seen.contains("closed silent"));
        assertThat(events.seen).noneMatch(event -> event.contains("refused"));
        try (RawConnection plain = new RawConnection(to)) {
            plain.write(text("POST /hl7 HTTP/1.1\r\nHost: test\r\nContent-Length: 0\r\n\r\n"));
            assertThat(plain.isClosedByPeer()).isTrue();
        }
        awaitRefused("notTls");
        assertThat(intake.received).isEmpty();
    }
}
