package org.khokahano.mllp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;
import org.khokahano.accept.AcceptPolicy;
import org.khokahano.accept.Journey;
import org.khokahano.ack.AckWriter;
import org.khokahano.loop.EngineClock;
import org.khokahano.plan.Plan;

/** A listener with the real journey behind it and a store in memory. */
final class ListenerFixture implements AutoCloseable {
    final FakeMessageStore store = new FakeMessageStore();
    final RecordingEvents events = new RecordingEvents();
    final EventLoops loops = new EventLoops(1);
    final MllpListener listener;

    ListenerFixture() {
        this(settings -> settings);
    }

    ListenerFixture(UnaryOperator<MllpListenerSettings> change) {
        this(change, FrameBudget.unlimited());
    }

    ListenerFixture(UnaryOperator<MllpListenerSettings> change, FrameBudget budget) {
        EngineClock clock = EngineClock.system();
        Journey journey = new Journey(
                AcceptPolicy.defaults("qmmh-ehr"),
                0,
                (message, origin) -> Plan.NONE,
                store,
                new AckWriter(ZoneOffset.UTC),
                events,
                clock);
        MllpListenerSettings settings = change.apply(MllpListenerSettings.on(new InetSocketAddress("127.0.0.1", 0)));
        listener = new MllpListener(settings, budget, journey, loops, events, clock);
        listener.start();
    }

    static UnaryOperator<MllpListenerSettings> framing(int maxBytes, Duration timeout, boolean strict) {
        return s -> new MllpListenerSettings(
                s.address(),
                new FrameSettings(maxBytes, timeout, strict),
                s.idleTimeout(),
                s.replyTimeout(),
                s.maxConnections(),
                s.maxInFlight(),
                s.allow(),
                s.tls());
    }

    ScriptedClient connect() throws java.io.IOException {
        return new ScriptedClient(listener.address());
    }

    @Override
    public void close() {
        listener.close();
        loops.close();
    }
}
