package org.khokahano.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.khokahano.http.ScriptedPartner.answering;
import static org.khokahano.http.TestMessages.acknowledgement;
import static org.khokahano.http.TestMessages.message;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.http.HttpSenderSettings.Request;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;
import org.khokahano.tls.ClientCertificates;
import org.khokahano.tls.ClientTlsSettings;
import org.khokahano.tls.ServerTlsSettings;
import org.khokahano.tls.TestCertificates;
import org.khokahano.tls.TlsContext;
import org.khokahano.tls.TlsFiles;
import org.khokahano.tls.TlsReloader;

@Tag("socket")
@Timeout(60)
class HttpSenderTlsTest {

    private static final byte[] TAKEN = acknowledgement("AA", "1");

    /** A ServerHello of TLS 1.1 (RFC 4346 7.4.1.3), and one of TLS 1.2 that chose a suite of CBC. */
    private static final byte[] TLS_1_1_HELLO = serverHello("0302", "c02b");

    private static final byte[] CBC_HELLO = serverHello("0303", "c013");

    @TempDir
    private Path directory;

    private final TestLoops loops = new TestLoops();
    private final EventLoop loop = (EventLoop) loops.group().next();
    private final SerialExecutor executor = loops.executorOf(loop);
    private final List<HttpSender> senders = new ArrayList<>();
    private TestCertificates ours;

    @BeforeEach
    void issue() throws Exception {
        ours = new TestCertificates(directory.resolve("ours"), "Our CA");
    }

    @AfterEach
    void close() {
        senders.forEach(sender -> executor.execute(sender::close));
        loops.close();
    }

    private TlsFiles anonymous() {
        return new TlsFiles(null, null, ours.authorityFile());
    }

    private static ClientTls tls(TlsFiles files, String serverName, boolean verifyHostname) throws IOException {
        ClientTlsSettings settings =
                new ClientTlsSettings(files, serverName.isEmpty() ? null : serverName, verifyHostname);
        return new ClientTls(settings, TlsContext.client("destination test", settings));
    }

    private static ClientTls tls(TlsFiles files) throws IOException {
        return tls(files, "", true);
    }

    private HttpSender sender(int port, ClientTls tls) {
        Request request = Request.post(URI.create("https://127.0.0.1:" + port + "/hl7"));
        HttpSenderSettings settings = HttpSenderSettings.of(request, Duration.ofSeconds(20), Judge.BOTH, tls);
        HttpSender sender = new HttpSender("test", settings, loop, executor);
        senders.add(sender);
        return sender;
    }

    private SendOutcome send(HttpSender sender) throws Exception {
        CompletableFuture<SendOutcome> ended = new CompletableFuture<>();
        executor.execute(() -> sender.send(message("1"), ended::complete));
        return ended.get(30, TimeUnit.SECONDS);
    }

    private SendOutcome send(ScriptedPartner partner, ClientTls tls) throws Exception {
        return send(sender(partner.port(), tls));
    }

    private static SSLServerSocket port(TlsFiles files) throws Exception {
        return (SSLServerSocket) TlsClients.context(files)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static ScriptedPartner partner(SSLServerSocket port) {
        return new ScriptedPartner(port, answering(200, TAKEN));
    }

    @Test
    @DisplayName("F18 a partner that only knows HTTP/1.1 and one version of TLS is served over TLS 1.2 and 1.3")
    void shouldSendOverTls12And13() throws Exception {
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            SSLServerSocket port = port(ours.issue("127.0.0.1"));
            port.setEnabledProtocols(new String[] {version});
            try (ScriptedPartner partner = partner(port)) {
                assertThat(send(partner, tls(anonymous())).kind()).isEqualTo(OutcomeKind.AA);
                assertThat(partner.requests.get(0).line()).isEqualTo("POST /hl7 HTTP/1.1");
                assertThat(partner.requests.get(0).body()).isEqualTo(message("1"));
            }
        }
    }

    @Test
    @DisplayName("F18 a partner of another authority, of another name or expired gets nothing, for a known reason")
    void shouldRefusePartnersWithTheReason() throws Exception {
        TestCertificates theirs = new TestCertificates(directory.resolve("theirs"), "Other CA");
        record Case(String reason, TlsFiles partner) {}
        List<Case> cases = List.of(
                new Case("has expired", ours.issue("old", "127.0.0.1", Duration.ofDays(-1))),
                new Case("nobody whom we trust", theirs.issue("127.0.0.1")),
                new Case("does not bear the partner's name", ours.issue("other.example")));
        for (Case each : cases) {
            try (ScriptedPartner partner = partner(port(each.partner()))) {
                SendOutcome outcome = send(partner, tls(anonymous()));
                assertThat(outcome.kind()).isEqualTo(OutcomeKind.REFUSED);
                assertThat(outcome.outcomeUnknown()).isFalse();
                assertThat(outcome.detail())
                        .startsWith("no TLS connection to https://127.0.0.1:" + partner.port())
                        .contains(each.reason());
                assertThat(partner.requests).isEmpty();
            }
        }
    }

    @Test
    @DisplayName("F18 without files of its own a destination trusts whom the JDK trusts, and not our test authority")
    void shouldNotTrustAnUnknownAuthorityByDefault() throws Exception {
        try (ScriptedPartner partner = partner(port(ours.issue("127.0.0.1")))) {
            Request request = Request.post(URI.create("https://127.0.0.1:" + partner.port() + "/hl7"));
            HttpSender sender = new HttpSender(
                    "test", HttpSenderSettings.of(request, Duration.ofSeconds(20), Judge.BOTH, null), loop, executor);
            senders.add(sender);
            SendOutcome outcome = send(sender);
            assertThat(outcome.kind()).isEqualTo(OutcomeKind.REFUSED);
            assertThat(outcome.detail()).contains("nobody whom we trust");
            assertThat(partner.requests).isEmpty();
        }
    }

    @Test
    @DisplayName("F18 serverName is asked for (SNI) and looked for in the certificate; the Host stays the address's")
    void shouldAskForTheNameThatIsConfigured() throws Exception {
        SSLServerSocket port = port(ours.issue("lis.internal.example"));
        List<String> asked = RecordingNames.on(port);
        try (ScriptedPartner partner = partner(port)) {
            assertThat(send(partner, tls(anonymous(), "lis.internal.example", true))
                            .kind())
                    .isEqualTo(OutcomeKind.AA);
            assertThat(asked).containsExactly("lis.internal.example");
            assertThat(partner.requests.get(0).headers()).containsEntry("host", "127.0.0.1:" + partner.port());
            SendOutcome other = send(partner, tls(anonymous(), "other.example", true));
            assertThat(other.detail()).contains("does not bear the partner's name");
            assertThat(partner.requests).hasSize(1);
        }
    }

    @Test
    @DisplayName("F18 verifyHostname off looks for no name, but for the authority still")
    void shouldLookForNoNameWhereThatIsSwitchedOff() throws Exception {
        try (ScriptedPartner partner = partner(port(ours.issue("other.example")))) {
            assertThat(send(partner, tls(anonymous(), "", false)).kind()).isEqualTo(OutcomeKind.AA);
            TestCertificates theirs = new TestCertificates(directory.resolve("theirs"), "Other CA");
            TlsFiles trustingOthers = new TlsFiles(null, null, theirs.authorityFile());
            assertThat(send(partner, tls(trustingOthers, "", false)).detail()).contains("nobody whom we trust");
        }
    }

    @Test
    @DisplayName("F18 a partner that requires a certificate gets it; without one nothing is delivered")
    void shouldShowItsCertificateWhereThePartnerRequiresOne() throws Exception {
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            SSLServerSocket port = port(ours.issue("127.0.0.1"));
            port.setNeedClientAuth(true);
            port.setEnabledProtocols(new String[] {version});
            try (ScriptedPartner partner = partner(port)) {
                assertThat(send(partner, tls(ours.issue("hub.example"))).kind()).isEqualTo(OutcomeKind.AA);
                SendOutcome without = send(partner, tls(anonymous()));
                assertThat(without.kind()).isIn(OutcomeKind.REFUSED, OutcomeKind.RESET);
                assertThat(partner.requests).hasSize(1);
            }
        }
    }

    @Test
    @DisplayName("F18 a partner that speaks TLS 1.1 or no TLS at all is refused with the reason (BCP 195)")
    void shouldRefusePartnersWithoutSoundTls() throws Exception {
        record Case(String reason, byte[] answer) {}
        List<Case> cases = List.of(
                new Case("no version or cipher in common", TLS_1_1_HELLO),
                new Case("no version or cipher in common", CBC_HELLO),
                new Case("is not TLS", TestMessages.text("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")));
        for (Case each : cases) {
            try (ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Thread peer = new Thread(() -> answerHello(port, each.answer()), "test-old-peer");
                peer.setDaemon(true);
                peer.start();
                SendOutcome outcome = send(sender(port.getLocalPort(), tls(anonymous())));
                assertThat(outcome.kind()).isEqualTo(OutcomeKind.REFUSED);
                assertThat(outcome.outcomeUnknown()).isFalse();
                assertThat(outcome.detail()).contains(each.reason());
            }
        }
    }

    private static byte[] serverHello(String version, String suite) {
        return HexFormat.of().parseHex("160303002a" + "02000026" + version + "5a".repeat(32) + "00" + suite + "00");
    }

    private static void answerHello(ServerSocket port, byte[] answer) {
        try (Socket socket = port.accept()) {
            InputStream in = socket.getInputStream();
            byte[] head = in.readNBytes(5);
            in.readNBytes((head[3] & 0xFF) << Byte.SIZE | head[4] & 0xFF);
            socket.getOutputStream().write(answer);
            in.readAllBytes();
        } catch (IOException e) {
            // The sender left, as it should.
            return;
        }
    }

    @Test
    @DisplayName("ALPN: over TLS our listener is spoken to in HTTP/2, with certificates on both sides")
    void shouldReachOurOwnListenerOverHttp2() throws Exception {
        ScriptedIntake intake = new ScriptedIntake();
        ServerTlsSettings settings = new ServerTlsSettings(
                ours.issue("127.0.0.1"), ClientCertificates.REQUIRE, Set.of("hub.example"), TlsContext.PROTOCOLS);
        HttpListenerSettings plain =
                HttpListenerSettings.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        HttpListenerSettings secured = new HttpListenerSettings(
                plain.address(),
                plain.path(),
                plain.limits(),
                plain.credentials(),
                new ServerTls(settings, TlsContext.server("listener test", settings)));
        try (HttpListener listener = new HttpListener(
                secured, intake, loops.group(), loops::executorOf, new RecordingEvents(), EngineClock.system())) {
            listener.start();
            int port = Objects.requireNonNull(listener.address()).getPort();
            HttpSender sender = sender(port, tls(ours.issue("hub.example")));
            for (int i = 1; i <= 50; i++) {
                assertThat(send(sender).kind()).isEqualTo(OutcomeKind.AA);
            }
            assertThat(intake.received).hasSize(50);
            assertThat(listener.connectionCount()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("F18 certificates replaced on disk are shown at the next connection, and the open one goes on")
    void shouldTakeUpReplacedCertificates() throws Exception {
        TestCertificates next = new TestCertificates(directory.resolve("next"), "Next CA");
        SSLServerSocket port = port(ours.issue("127.0.0.1"));
        port.setNeedClientAuth(true);
        TlsFiles shown = ours.issue("hub.example");
        ClientTls tls = tls(shown);
        try (TlsReloader reloader = new TlsReloader(Duration.ofMillis(50));
                ScriptedPartner partner = partner(port)) {
            reloader.watch(tls.context());
            HttpSender sender = sender(partner.port(), tls);
            assertThat(send(sender).kind()).isEqualTo(OutcomeKind.AA);
            // The partner's next certificate is of another authority, which we are told of in time.
            TestCertificates.replace(
                    ours.authorityFile(),
                    Files.readString(ours.authorityFile()) + Files.readString(next.authorityFile()));
            await().until(() -> tls.context().reloads() > 0);
            assertThat(send(sender).kind()).isEqualTo(OutcomeKind.AA);
            assertThat(partner.connections).hasValue(1);
        }
        try (ScriptedPartner partner = partner(port(next.issue("127.0.0.1")))) {
            assertThat(send(partner, tls).kind()).isEqualTo(OutcomeKind.AA);
        }
    }

    @Test
    @DisplayName("F18 a partner whose authority was removed is not trusted on a resumed session either")
    void shouldNotResumeASessionAfterThePartnersAuthorityWasRemoved() throws Exception {
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            String ourAuthority = Files.readString(ours.authorityFile());
            SSLServerSocket port = port(ours.issue("127.0.0.1"));
            port.setEnabledProtocols(new String[] {version});
            ClientTls tls = tls(anonymous());
            try (ScriptedPartner partner = partner(port)) {
                HttpSender sender = sender(partner.port(), tls);
                assertThat(send(sender).kind()).isEqualTo(OutcomeKind.AA);
                TestCertificates next = new TestCertificates(directory.resolve("next"), "Next CA");
                TestCertificates.replace(ours.authorityFile(), Files.readString(next.authorityFile()));
                assertThat(tls.context().reloadIfChanged()).isTrue();
                // The close and the send may cross, and a session may be resumed for a second.
                await().atMost(Duration.ofSeconds(20)).until(() -> {
                    partner.closeConnections();
                    return send(sender).detail().contains("nobody whom we trust");
                });
                int taken = partner.requests.size();
                assertThat(send(sender).kind()).isEqualTo(OutcomeKind.REFUSED);
                assertThat(partner.requests).hasSize(taken);
            } finally {
                TestCertificates.replace(ours.authorityFile(), ourAuthority);
            }
        }
    }
}
