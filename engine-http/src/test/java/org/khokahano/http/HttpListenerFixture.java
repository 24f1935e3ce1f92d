package org.khokahano.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.khokahano.loop.EngineClock;

/** A listener over HTTP on a free port of this machine, with an intake that does what a test says. */
abstract class HttpListenerFixture {

    static final HttpListenerSettings.Limits LIMITS =
            new HttpListenerSettings.Limits(64 * 1024, 1 << 20, Duration.ofSeconds(10), Duration.ofSeconds(10), 10, 4);

    final TestLoops loops = new TestLoops();
    final ScriptedIntake intake = new ScriptedIntake();
    final RecordingEvents events = new RecordingEvents();
    private @Nullable HttpListener listener;

    @AfterEach
    void close() {
        if (listener != null) {
            listener.close();
        }
        loops.close();
    }

    HttpListener listen(HttpListenerSettings.Limits limits, Credential... credentials) {
        return listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), limits, credentials);
    }

    HttpListener listen(InetSocketAddress address, HttpListenerSettings.Limits limits, Credential... credentials) {
        HttpListener started = new HttpListener(
                new HttpListenerSettings(address, "/hl7", limits, List.of(credentials), null),
                intake,
                loops.group(),
                loops::executorOf,
                events,
                EngineClock.system());
        started.start();
        listener = started;
        return started;
    }

    RawConnection connect(HttpListener to) throws IOException {
        return new RawConnection(addressOf(to));
    }

    static InetSocketAddress addressOf(HttpListener listener) {
        InetSocketAddress address = listener.address();
        if (address == null) {
            throw new AssertionError(listener.problem());
        }
        return address;
    }
}
