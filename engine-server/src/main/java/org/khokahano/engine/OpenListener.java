package org.khokahano.engine;

import java.nio.file.Path;
import java.util.Optional;
import org.khokahano.accept.ExchangeableIntake;
import org.khokahano.accept.Listener;
import org.khokahano.config.DirectoryListenerConfig;
import org.khokahano.config.HttpListenerConfig;
import org.khokahano.config.ListenerConfig;
import org.khokahano.config.MllpListenerConfig;
import org.khokahano.config.value.HostPort;

/**
 * A listener with what it hands its input to.
 *
 * @param config what it was made by; what concerns its intake alone may have changed since
 */
record OpenListener(ListenerConfig config, ExchangeableIntake intake, Listener listener) {

    /** Whether its port and its connections can stay as they are under that configuration. */
    boolean fits(ListenerConfig next) {
        // A directory's files are cut into messages, or with a format handed over whole.
        boolean sameFiles = !(next.transport() instanceof DirectoryListenerConfig)
                || config.format().isPresent() == next.format().isPresent();
        // Where a frame or a message of a file ends depends on how its characters are written.
        boolean sameBytes = next.transport() instanceof HttpListenerConfig
                || config.accept().utf16() == next.accept().utf16();
        return sameFiles
                && sameBytes
                && config.transport().equals(next.transport())
                && config.maxInFlight() == next.maxInFlight();
    }

    /** The directory that it reads, in full; nothing for a port. */
    Optional<Path> directory() {
        return config.transport() instanceof DirectoryListenerConfig files
                ? Optional.of(files.path().toAbsolutePath().normalize())
                : Optional.empty();
    }

    /** What it listens on; nothing for a directory. */
    Optional<HostPort> address() {
        if (config.transport() instanceof MllpListenerConfig mllp) {
            return Optional.of(new HostPort(mllp.host(), mllp.port()));
        }
        return config.transport() instanceof HttpListenerConfig http
                ? Optional.of(new HostPort(http.host(), http.port()))
                : Optional.empty();
    }
}
