package org.khokahano.cli.demo;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.khokahano.cli.peer.Sink;
import org.khokahano.cli.peer.SinkAnswer;
import org.khokahano.cli.peer.SinkSettings;
import org.khokahano.config.value.HostPort;

/** Who receives: partners over MLLP that take everything, a registry that cannot
 * merge patients, and others, the ministry among them, that take messages over HTTP. */
final class DemoPartners implements AutoCloseable {
    private static final Duration SLOW = Duration.ofMillis(15);

    private final Sink laboratory;
    private final Map<DemoSite, HttpPartner> sites = new EnumMap<>(DemoSite.class);
    private final List<Sink> all;

    DemoPartners(DemoPorts ports, DemoCredentials credentials) {
        Sink registry = new Sink(
                new SinkSettings(
                        on(ports.of("REGISTRY_PORT")),
                        SLOW,
                        (message, number) ->
                                message.header().triggerEvent().equals("A40") ? SinkAnswer.AE : SinkAnswer.AA),
                (number, bytes, message, answer) -> {});
        laboratory = accepting(ports.of("LIS_PORT"));
        credentials
                .tokens()
                .forEach((site, token) ->
                        sites.put(site, new HttpPartner(ports.of(site.port()), site.path(), token.value())));
        all = List.of(
                registry,
                laboratory,
                accepting(ports.of("QMMH_RESULTS_PORT")),
                accepting(ports.of("MOTEBANG_RESULTS_PORT")),
                accepting(ports.of("IMMUNISATION_PORT")),
                accepting(ports.of("QMMH_REFERRALS_PORT")),
                accepting(ports.of("STORES_PORT")));
    }

    private static Sink accepting(int port) {
        return new Sink(
                new SinkSettings(on(port), SLOW, (message, number) -> SinkAnswer.AA),
                (number, bytes, message, answer) -> {});
    }

    private static HostPort on(int port) {
        return new HostPort("127.0.0.1", port);
    }

    void open() {
        all.forEach(Sink::open);
        sites.values().forEach(HttpPartner::open);
    }

    void laboratoryDown() {
        laboratory.close();
    }

    void laboratoryUp() {
        laboratory.open();
    }

    void ministryAvailable(boolean available) {
        Objects.requireNonNull(sites.get(DemoSite.MINISTRY)).available(available);
    }

    @Override
    public void close() {
        all.forEach(Sink::close);
        sites.values().forEach(HttpPartner::close);
    }
}
