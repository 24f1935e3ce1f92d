package org.khokahano.cli.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.khokahano.cli.peer.MllpClient;
import org.khokahano.config.value.HostPort;

/** A hospital's or laboratory's connection. */
final class MllpLine implements DemoLine {
    private final MllpClient client;

    /** @throws org.khokahano.cli.terminal.CommandFailure if nobody listens there */
    MllpLine(HostPort to, Duration timeout) {
        client = MllpClient.connect(to, timeout, Optional.empty());
    }

    @Override
    public void exchange(byte[] message) throws IOException {
        client.exchange(message);
    }

    @Override
    public void close() {
        client.close();
    }
}
