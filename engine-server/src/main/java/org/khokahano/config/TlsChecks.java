package org.khokahano.config;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.khokahano.config.problem.Location;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.yaml.Locations;
import org.khokahano.tls.TlsFiles;
import org.khokahano.tls.TlsFilesCheck;
import org.khokahano.tls.TlsFilesCheck.Finding;

/** The certificates and keys that are named, each read so that its faults are found where it is named. */
final class TlsChecks {

    private final EngineConfig config;
    private final Locations locations;
    private final Problems problems;
    private final Instant now;

    TlsChecks(EngineConfig config, Locations locations, Problems problems, Instant now) {
        this.config = config;
        this.locations = locations;
        this.problems = problems;
        this.now = now;
    }

    void check() {
        config.listeners().forEach((name, listener) -> {
            if (listener.transport() instanceof MllpListenerConfig mllp) {
                mllp.tls().ifPresent(tls -> server(tls, name, "mllp"));
            } else if (listener.transport() instanceof HttpListenerConfig http) {
                http.tls().ifPresent(tls -> server(tls, name, "http"));
            }
        });
        config.destinations().forEach((name, destination) -> {
            if (destination.transport() instanceof MllpDestinationConfig mllp) {
                mllp.tls().ifPresent(tls -> client(tls, name, "mllp"));
            } else if (destination.transport() instanceof HttpDestinationConfig http) {
                http.tls().ifPresent(tls -> client(tls, name, "http"));
            }
        });
    }

    private void server(ServerTlsConfig tls, String listener, String transport) {
        Optional<Path> certificate = Optional.of(tls.certificate());
        check(certificate, Optional.of(tls.key()), tls.clientCa(), "listeners", listener, transport, "clientCa");
    }

    private void client(ClientTlsConfig tls, String destination, String transport) {
        check(tls.certificate(), tls.key(), tls.ca(), "destinations", destination, transport, "ca");
    }

    private void check(Optional<Path> certificate, Optional<Path> key, Optional<Path> authorities, String... place) {
        // One without the other is an error that has been told.
        boolean pair = certificate.isPresent() && key.isPresent();
        TlsFiles files =
                new TlsFiles(pair ? certificate.get() : null, pair ? key.get() : null, authorities.orElse(null));
        for (Finding finding : TlsFilesCheck.check(files, now)) {
            String word = switch (finding.part()) {
                case CERTIFICATE -> "certificate";
                case KEY -> "key";
                case AUTHORITIES -> place[3];
            };
            Location location = locations.value(place[0], place[1], place[2], "tls", word);
            if (finding.usable()) {
                problems.warning(location, finding.problem(), finding.advice());
            } else {
                problems.error(location, finding.problem(), finding.advice());
            }
        }
    }
}
