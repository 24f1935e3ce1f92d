package org.khokahano.mllp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;
import org.khokahano.tls.ClientCertificates;
import org.khokahano.tls.ClientTlsSettings;
import org.khokahano.tls.ServerTlsSettings;
import org.khokahano.tls.TestCertificates;
import org.khokahano.tls.TlsContext;
import org.khokahano.tls.TlsFiles;
import org.khokahano.tls.TlsReloader;
import org.slf4j.LoggerFactory;

@Tag("socket")
@Timeout(30)
class MllpTlsTest {

    @TempDir
    private Path directory;

    private TestCertificates ours;
    private TlsFiles serverFiles;

    @BeforeEach
    void issue() throws Exception {
        ours = new TestCertificates(directory.resolve("ours"), "Our CA");
        serverFiles = ours.issue("127.0.0.1");
    }

    private static ListenerFixture listening(TlsContext context, ServerTlsSettings settings) {
        return new ListenerFixture(s -> new MllpListenerSettings(
                s.address(),
                s.framing(),
                s.idleTimeout(),
                s.replyTimeout(),
                s.maxConnections(),
                s.maxInFlight(),
                s.allow(),
                new ServerTls(context, settings)));
    }

    private static ListenerFixture listening(ServerTlsSettings settings) throws IOException {
        return listening(TlsContext.server("listener qmmh-ehr", settings), settings);
    }

    private ServerTlsSettings requiring(String... names) {
        return new ServerTlsSettings(serverFiles, ClientCertificates.REQUIRE, Set.of(names), TlsContext.PROTOCOLS);
    }

    private static MllpSenderSettings towards(ListenerFixture fixture, ClientTlsSettings tls) throws IOException {
        var address = fixture.listener.address();
        assertThat(address).isNotNull();
        return new MllpSenderSettings(
                "127.0.0.1",
                address == null ? 0 : address.getPort(),
                Duration.ofSeconds(5),
                true,
                Duration.ZERO,
                AnswerSettings.defaults(),
                new ClientTls(TlsContext.client("destination nrl-lis", tls), tls));
    }

    private static SendOutcome sendTo(ListenerFixture fixture, ClientTlsSettings tls) throws Exception {
        try (SenderFixture sender = new SenderFixture(towards(fixture, tls))) {
            return sender.send("A");
        }
    }

    private static ClientTlsSettings with(TlsFiles files) {
        return new ClientTlsSettings(files, null, true);
    }

    private ClientTlsSettings anonymous() {
        return with(new TlsFiles(null, null, ours.authorityFile()));
    }

    @Test
    @DisplayName("F18 both ends speak TLS, with a client certificate whose name is allowed")
    void shouldExchangeOverTlsWithClientCertificate() throws Exception {
        try (ListenerFixture fixture = listening(requiring("LIS.example"))) {
            assertThat(sendTo(fixture, with(ours.issue("lis.example"))).kind()).isEqualTo(OutcomeKind.AA);
            assertThat(fixture.store.stored).hasSize(1);
        }
    }

    @Test
    @DisplayName("F18 no client certificate, an expired one, one of another CA, a name not allowed: each its reason")
    void shouldRefuseClientsWithTheReason() throws Exception {
        TestCertificates theirs = new TestCertificates(directory.resolve("theirs"), "Other CA");
        TlsFiles foreign = theirs.issue("lis.example");
        TlsFiles fromOtherAuthority = new TlsFiles(foreign.certificate(), foreign.key(), ours.authorityFile());
        record Case(String reason, ClientTlsSettings client) {}
        List<Case> cases = List.of(
                new Case("noClientCertificate", anonymous()),
                new Case("certificateExpired", with(ours.issue("old", "lis.example", Duration.ofDays(-1)))),
                new Case("unknownAuthority", with(fromOtherAuthority)),
                new Case("nameNotAllowed", with(ours.issue("stranger.example"))));
        for (Case each : cases) {
            ListAppender<ILoggingEvent> log = new ListAppender<>();
            log.start();
            Logger logger = (Logger) LoggerFactory.getLogger(MllpListener.class);
            logger.addAppender(log);
            try (ListenerFixture fixture = listening(requiring("lis.example"))) {
                assertThat(sendTo(fixture, each.client()).kind()).isIn(OutcomeKind.RESET, OutcomeKind.REFUSED);
                await().untilAsserted(() -> assertThat(fixture.events.refused).containsExactly(each.reason()));
                assertThat(fixture.store.stored).isEmpty();
                assertThat(log.list)
                        .filteredOn(line -> line.getLevel().toString().equals("WARN"))
                        .singleElement()
                        .satisfies(
                                line -> assertThat(line.getFormattedMessage()).contains("127.0.0.1 refused: TLS: "));
            } finally {
                logger.detachAppender(log);
            }
        }
    }

    @Test
    @DisplayName("F18 towards a partner: expired, of another CA, or of another name is refused with the reason")
    void shouldRefuseServersWithTheReason() throws Exception {
        TestCertificates theirs = new TestCertificates(directory.resolve("theirs"), "Other CA");
        record Case(String reason, TlsFiles server) {}
        List<Case> cases = List.of(
                new Case("has expired", ours.issue("old", "127.0.0.1", Duration.ofDays(-1))),
                new Case("nobody whom we trust", theirs.issue("127.0.0.1")),
                new Case("does not bear the partner's name", ours.issue("other.example")));
        for (Case each : cases) {
            try (ListenerFixture fixture = listening(ServerTlsSettings.of(each.server()))) {
                SendOutcome outcome = sendTo(fixture, anonymous());
                assertThat(outcome.kind()).isEqualTo(OutcomeKind.REFUSED);
                assertThat(outcome.detail()).contains("TLS: ").contains(each.reason());
                await().untilAsserted(() -> assertThat(fixture.events.refused).containsExactly("refusedByPeer"));
            }
        }
    }

    @Test
    @DisplayName("F18 serverName is looked for in the certificate; verifyHostname off looks for none")
    void shouldCheckTheNameThatIsConfigured() throws Exception {
        TlsFiles authority = new TlsFiles(null, null, ours.authorityFile());
        try (ListenerFixture fixture = listening(ServerTlsSettings.of(ours.issue("lis.internal.example")))) {
            assertThat(sendTo(fixture, new ClientTlsSettings(authority, "lis.internal.example", true))
                            .kind())
                    .isEqualTo(OutcomeKind.AA);
            assertThat(sendTo(fixture, new ClientTlsSettings(authority, null, false))
                            .kind())
                    .isEqualTo(OutcomeKind.AA);
        }
    }

    @Test
    @DisplayName("F18 certificates replaced on disk count without a restart, and open connections stay")
    void shouldTakeUpReplacedCertificates() throws Exception {
        ServerTlsSettings settings = ServerTlsSettings.of(serverFiles);
        TlsContext context = TlsContext.server("listener qmmh-ehr", settings);
        long expiry = context.certificateExpiryMillis();
        try (TlsReloader reloader = new TlsReloader(Duration.ofMillis(50));
                ListenerFixture fixture = listening(context, settings);
                SenderFixture sender = new SenderFixture(towards(fixture, anonymous()))) {
            reloader.watch(context);
            assertThat(sender.send("A").kind()).isEqualTo(OutcomeKind.AA);
            ours.issue("127.0.0.1", "127.0.0.1", Duration.ofDays(60));
            await().untilAsserted(() -> assertThat(context.reloads()).isPositive());
            await().until(() -> context.certificateExpiryMillis()
                    > expiry + Duration.ofDays(29).toMillis());
            assertThat(sender.send("B").kind()).isEqualTo(OutcomeKind.AA);
            assertThat(fixture.events.opened).hasValue(1);
            assertThat(sendTo(fixture, anonymous()).kind()).isEqualTo(OutcomeKind.AA);
        }
    }

    @Test
    @DisplayName("F18 a replacement that cannot be used leaves the certificates before in force, and is counted")
    void shouldKeepTheOldCertificatesWhenTheNewAreBroken() throws Exception {
        ServerTlsSettings settings = ServerTlsSettings.of(serverFiles);
        TlsContext context = TlsContext.server("listener qmmh-ehr", settings);
        Path certificate = serverFiles.certificate();
        assertThat(certificate).isNotNull();
        if (certificate != null) {
            TestCertificates.replace(certificate, "not a certificate");
        }
        try (ListenerFixture fixture = listening(context, settings)) {
            assertThat(context.reloadIfChanged()).isFalse();
            assertThat(context.reloadIfChanged()).isFalse();
            assertThat(context.failedReloads()).isEqualTo(1);
            assertThat(sendTo(fixture, anonymous()).kind()).isEqualTo(OutcomeKind.AA);
        }
    }

    @Test
    @DisplayName("F18 a client whose authority was removed cannot come back on a resumed session")
    void shouldRefuseAResumedSessionAfterItsAuthorityWasRemoved() throws Exception {
        ServerTlsSettings settings = requiring();
        TlsContext context = TlsContext.server("listener qmmh-ehr", settings);
        TestCertificates others = new TestCertificates(directory.resolve("others"), "Next CA");
        SSLContext client = clientContext(ours.issue("lis.example"));
        try (ListenerFixture fixture = listening(context, settings)) {
            try (ScriptedClient first = connect(client, fixture)) {
                first.send(TestMessages.adt("A"));
                assertThat(first.readAnswer()).contains("MSA|AA|A");
            }
            TestCertificates.replace(ours.authorityFile(), java.nio.file.Files.readString(others.authorityFile()));
            assertThat(context.reloadIfChanged()).isTrue();
            String answer;
            try (ScriptedClient second = connect(client, fixture)) {
                second.send(TestMessages.adt("B"));
                answer = second.readAnswer();
            } catch (IOException e) {
                answer = "refused";
            }
            assertThat(answer).isIn("refused", "end of stream");
            await().untilAsserted(() -> assertThat(fixture.events.refused).containsExactly("unknownAuthority"));
            assertThat(fixture.store.stored).hasSize(1);
        }
    }

    @Test
    @DisplayName("F18 TLS 1.2 and 1.3 are spoken, and nothing older or weaker (BCP 195)")
    void shouldSpeakOnlySoundVersionsAndCiphers() throws Exception {
        SSLContext client = clientContext(null);
        try (ListenerFixture fixture = listening(ServerTlsSettings.of(serverFiles))) {
            for (String version : List.of("TLSv1.2", "TLSv1.3")) {
                SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket();
                socket.setEnabledProtocols(new String[] {version});
                try (ScriptedClient each = new ScriptedClient(socket, fixture.listener.address())) {
                    each.send(TestMessages.adt("V" + version));
                    assertThat(each.readAnswer()).contains("MSA|AA|");
                    assertThat(socket.getSession().getProtocol()).isEqualTo(version);
                }
            }
            SSLSocket weak = (SSLSocket) client.getSocketFactory().createSocket();
            weak.setEnabledProtocols(new String[] {"TLSv1.2"});
            weak.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"});
            try (ScriptedClient each = new ScriptedClient(weak, fixture.listener.address())) {
                org.assertj.core.api.Assertions.assertThatThrownBy(() -> each.send(TestMessages.adt("W")))
                        .isInstanceOf(SSLException.class);
            }
            await().untilAsserted(() -> assertThat(fixture.events.refused).containsExactly("noCommonTls"));
        }
    }

    @Test
    @DisplayName("R7 F18 a probe of a TLS port is only counted; MLLP without TLS is refused, its bytes not logged")
    void shouldTellProbesAndPlainBytesFromTls() throws Exception {
        try (ListenerFixture fixture = listening(ServerTlsSettings.of(serverFiles))) {
            fixture.connect().close();
            await().until(() -> fixture.events.silent.get() == 1);
            assertThat(fixture.events.refused).isEmpty();
            try (ScriptedClient plain = fixture.connect().send(TestMessages.adt("A"))) {
                assertThat(plain.sawClose()).isTrue();
            }
            await().untilAsserted(() -> assertThat(fixture.events.refused).containsExactly("notTls"));
        }
    }

    private SSLContext clientContext(@Nullable TlsFiles files) throws Exception {
        ClientTlsSettings settings = files == null ? anonymous() : with(files);
        TlsContext context = TlsContext.client("test", settings);
        SSLContext client = SSLContext.getInstance("TLS");
        client.init(
                new javax.net.ssl.KeyManager[] {context.keyManager()},
                new TrustManager[] {context.trustManager()},
                null);
        return client;
    }

    private static ScriptedClient connect(SSLContext client, ListenerFixture fixture) throws IOException {
        return new ScriptedClient(client.getSocketFactory().createSocket(), fixture.listener.address());
    }
}
