package org.khokahano.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.khokahano.config.TestConfigurations.environment;
import static org.khokahano.config.TestConfigurations.full;
import static org.khokahano.config.TestConfigurations.fullEnvironment;
import static org.khokahano.config.TestConfigurations.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.config.value.Cidr;
import org.khokahano.config.value.HostPort;
import org.khokahano.config.value.Secret;

@Tag("unit")
class ConfigurationReaderTest {

    @Test
    @DisplayName("What is written is what the records say")
    void shouldReadEachWrittenValueIntoItsRecord() {
        ConfigurationResult result = ConfigurationReader.read(full(), fullEnvironment());

        assertThat(result.problems()).noneMatch(problem -> problem.isError());
        EngineConfig config = result.config().orElseThrow();
        assertThat(config.engine()).isEqualTo("national-hub");
        assertThat(config.store())
                .isEqualTo(new StoreConfig(
                        new EmbeddedStoreConfig(Path.of("data"), 1L << 30, new CommitConfig(500, 4L << 20)),
                        new KeepConfig(Duration.ofDays(30), Duration.ofDays(365), Duration.ofDays(500))));
        assertThat(config.admin()).isEqualTo(new AdminConfig(new HostPort("::1", 9090)));
        assertThat(config.sla()).isEqualTo(new SlaConfig(Duration.ofMillis(500), 50, 99.95));
        assertThat(config.log()).isEqualTo(new LogConfig(LogFormat.JSON, LogLevel.DEBUG));
        assertThat(config.threads()).isEqualTo(new ThreadsConfig(4));
        assertThat(config.shutdown()).isEqualTo(new ShutdownConfig(Duration.ofMinutes(1)));
        assertThat(config.routes())
                .isEqualTo(Map.of(
                        "lab-orders",
                        new RouteConfig(
                                List.of("qmmh-ehr", "web", "analyser"),
                                false,
                                Optional.of("msg.type == 'OML'"),
                                List.of("test-messages"),
                                List.of("mappings/orders.yaml"),
                                Optional.of(new ValidateConfig(
                                        "orders", OnFinding.HOLD, OnFinding.IGNORE, OnFinding.IGNORE)),
                                List.of("nrl-lis", "registry", "reports", "archive"))));
    }

    @Test
    @DisplayName("R9 R13 R23 R57 A listener over MLLP is read with all that can be said of it")
    void shouldReadAnMllpListener() {
        ListenerConfig listener = named(fullConfig().listeners(), "qmmh-ehr");

        Path pem = full().resolve("tls/some.pem");
        assertThat(listener)
                .isEqualTo(new ListenerConfig(
                        new MllpListenerConfig(
                                "127.0.0.1",
                                2575,
                                1_000_000,
                                Duration.ofSeconds(10),
                                Optional.of(Duration.ofHours(1)),
                                20,
                                List.of(cidr("10.20.0.0/16"), cidr("2001:db8::/32"), cidr("192.0.2.7/32")),
                                Framing.STRICT,
                                Optional.of(new ServerTlsConfig(
                                        pem,
                                        pem,
                                        Optional.of(pem),
                                        ClientAuth.REQUIRE,
                                        List.of("ehr.qmmh.example"),
                                        List.of(TlsProtocol.TLS_1_3))),
                                Duration.ofSeconds(20),
                                2),
                        Optional.of("QMMH"),
                        new AcceptConfig(
                                Optional.empty(),
                                List.of(ProcessingId.P),
                                List.of("2.3.1", "2.5"),
                                List.of("ADT", "OML^O21"),
                                AckMode.ORIGINAL,
                                OneSided.ENHANCED,
                                ApplicationAck.SAME_CONNECTION,
                                OnNoRoute.REJECT,
                                new BatchConfig(BatchAnswers.ERRORS, BatchBroken.ACCEPT, BatchUnlabelled.REJECT),
                                Optional.empty(),
                                Optional.of(new ReceivedSequenceConfig(SequenceBy.LISTENER, Unnumbered.REJECT)),
                                Optional.empty(),
                                true),
                        16,
                        Optional.empty(),
                        Optional.of(new ValidateConfig("orders", OnFinding.HOLD, OnFinding.WARN, OnFinding.WARN)),
                        Optional.empty()));
    }

    @Test
    @DisplayName("R38 R42 What is said about fragments is read at both sides")
    void shouldReadFragments() {
        assertThat(named(fullConfig().listeners(), "web").accept().continuation())
                .contains(new ContinuationConfig(Duration.ofMinutes(5), 8_000_000, 20));
        assertThat(named(fullConfig().destinations(), "registry").splitBytes()).contains(64_000L);
    }

    @Test
    @DisplayName("A file's content and a variable's value take the place of their references")
    void shouldFillInReferences() {
        HttpListenerConfig http =
                (HttpListenerConfig) named(fullConfig().listeners(), "web").transport();
        assertThat(http.basic()).contains(new BasicConfig("web", new Secret("khotso, pula, nala")));
        assertThat(http.bearer()).contains(new BearerConfig(new Secret("an invented token")));
        HttpDestinationConfig reports = (HttpDestinationConfig)
                named(fullConfig().destinations(), "reports").transport();
        assertThat(reports.bearer()).contains(new BearerConfig(new Secret("an invented ${token}")));
    }

    @Test
    @DisplayName("R28 Each kind of answer has its action")
    void shouldReadADestination() {
        DestinationConfig destination = named(fullConfig().destinations(), "nrl-lis");

        assertThat(destination.order()).isEqualTo(new OrderConfig(Optional.of("PID-3.1"), 16));
        assertThat(destination.retry())
                .isEqualTo(new RetryConfig(Duration.ofSeconds(2), Duration.ofMinutes(10), 0.125, 1.5));
        assertThat(destination.memory()).isEqualTo(new MemoryConfig(64, 1_000_000));
        assertThat(destination.answers())
                .containsOnlyKeys(AnswerKind.values())
                .containsEntry(AnswerKind.AE, new AnswerRule(AnswerAction.DEAD_LETTER, 5))
                .containsEntry(AnswerKind.CE, new AnswerRule(AnswerAction.HOLD, 2))
                .containsEntry(AnswerKind.AR, new AnswerRule(AnswerAction.HOLD, 1))
                .containsEntry(AnswerKind.NO_MSA, new AnswerRule(AnswerAction.SKIP, 1))
                .containsEntry(AnswerKind.RESET, new AnswerRule(AnswerAction.HOLD, 100));
        assertThat(((MllpDestinationConfig) destination.transport())
                        .tls()
                        .orElseThrow()
                        .serverName())
                .contains("lis.internal.example");
    }

    @Test
    @DisplayName("R28 What is not written has the documented default")
    void shouldUseDefaultsForWhatIsNotWritten(@TempDir Path directory) {
        EngineConfig config = read(directory, """
                        engine: small
                        listeners: {in: {mllp: {port: 0}}}
                        destinations:
                          out: {mllp: {host: 127.0.0.1, port: 2576}}
                          keyed: {mllp: {host: 127.0.0.1, port: 2576}, order: {key: PID-3}}
                        routes: {all: {to: [out, keyed]}}
                        """).config().orElseThrow();

        assertThat(config.admin().listen()).hasToString("127.0.0.1:8080");
        assertThat(config.store().keep().bodies()).isEqualTo(Duration.ofDays(90));
        assertThat(named(config.listeners(), "in").accept().duplicates()).contains(Duration.ofHours(24));
        assertThat(named(config.routes(), "all").from()).isEmpty();
        assertThat(named(config.destinations(), "out").order().lanes()).isEqualTo(1);
        assertThat(named(config.destinations(), "keyed").order().lanes()).isEqualTo(8);
        assertThat(named(config.destinations(), "out").answers())
                .containsEntry(AnswerKind.AA, new AnswerRule(AnswerAction.DONE, 1))
                .containsEntry(AnswerKind.AE, new AnswerRule(AnswerAction.DEAD_LETTER, 3))
                .containsEntry(AnswerKind.TIMEOUT, new AnswerRule(AnswerAction.RETRY, 1));
    }

    @Test
    @DisplayName("The shipped relay reads cleanly, with its defaults and with its variables")
    void shouldReadTheShippedRelay() {
        Path relay = Path.of("../config/relay");
        ConfigurationResult defaults = ConfigurationReader.read(relay, environment(Map.of()));
        ConfigurationResult changed = ConfigurationReader.read(
                relay,
                environment(Map.of(
                        "RELAY_IN", "12575",
                        "RELAY_OUT", "12576",
                        "RELAY_LANES", "32",
                        "RELAY_WINDOW", "16",
                        "RELAY_ADMIN", "0",
                        "KHOKA_DATA", "elsewhere")));

        assertThat(defaults.problems()).isEmpty();
        assertThat(changed.problems()).isEmpty();
        assertThat(relay(defaults)).isEqualTo("127.0.0.1:8080 data 2575 127.0.0.1:2576 window 1 PID-3.1 over 1");
        assertThat(relay(changed)).isEqualTo("127.0.0.1:0 elsewhere 12575 127.0.0.1:12576 window 16 PID-3.1 over 32");
    }

    @Test
    @DisplayName("A check that comes later finds the place of what it checks")
    void shouldFindPlacesAfterReading() {
        var locations =
                ConfigurationReader.read(full(), fullEnvironment()).locations().orElseThrow();

        assertThat(locations.value("routes", "lab-orders", "when")).hasToString("engine.yaml:101:11");
        assertThat(locations.value("routes", "lab-orders", "to", "1")).hasToString("engine.yaml:110:19");
        assertThat(locations.key("listeners", "web")).hasToString("listeners/web.yaml:2:3");
        assertThat(locations.value("listeners", "web", "facility")).hasToString("listeners/web.yaml:2:3");
        assertThat(locations.isWritten("listeners", "web", "facility")).isFalse();
    }

    @Test
    @DisplayName("A record that holds a secret can be logged")
    void shouldKeepSecretsOutOfToString() {
        assertThat(fullConfig().toString())
                .contains("***")
                .doesNotContain("khotso")
                .doesNotContain("invented");
    }

    @Test
    @DisplayName("Hidden files, and links within the directory, do not make a listener appear twice")
    void shouldReadAMountedDirectoryOnce(@TempDir Path directory) throws IOException {
        Files.createDirectories(directory.resolve("..2026/listeners"));
        Files.writeString(directory.resolve("..2026/listeners/in.yaml"), "listeners: {in: {mllp: {port: 0}}}\n");
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..2026"));
        Files.createSymbolicLink(directory.resolve("listeners"), Path.of("..data/listeners"));

        ConfigurationResult result = read(directory, "engine: mounted\ninclude: ['**/*.yaml', listeners/in.yaml]\n");

        assertThat(result.config().orElseThrow().listeners()).containsOnlyKeys("in");
    }

    private static EngineConfig fullConfig() {
        return ConfigurationReader.read(full(), fullEnvironment()).config().orElseThrow();
    }

    private static <T> T named(Map<String, T> things, String name) {
        return Optional.ofNullable(things.get(name)).orElseThrow();
    }

    private static Cidr cidr(String text) {
        return Cidr.parse(text).orElseThrow();
    }

    private static String relay(ConfigurationResult result) {
        EngineConfig config = result.config().orElseThrow();
        MllpListenerConfig in = (MllpListenerConfig)
                config.listeners().values().iterator().next().transport();
        DestinationConfig out = config.destinations().values().iterator().next();
        MllpDestinationConfig mllp = (MllpDestinationConfig) out.transport();
        EmbeddedStoreConfig store = (EmbeddedStoreConfig) config.store().place();
        return config.admin().listen() + " " + store.path() + " " + in.port() + " " + mllp.host() + ":" + mllp.port()
                + " window " + mllp.window() + " " + out.order().key().orElseThrow() + " over "
                + out.order().lanes();
    }
}
