package org.khokahano.cli.demo;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.khokahano.event.EngineEvents;
import org.khokahano.send.OutcomeKind;

/** Counts what the engine tells, for the status line. */
final class DemoCounts implements EngineEvents {
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong deadLetters = new AtomicLong();

    @Override
    public void accepted(String listener, long messageId, int deliveries, Duration took) {
        received.incrementAndGet();
    }

    @Override
    public void delivered(String destination, long messageId, int bytes, Duration sinceReceipt) {
        delivered.incrementAndGet();
    }

    @Override
    public void deadLettered(String destination, long messageId, OutcomeKind outcome, String reason) {
        deadLetters.incrementAndGet();
    }

    long received() {
        return received.get();
    }

    long delivered() {
        return delivered.get();
    }

    long deadLetters() {
        return deadLetters.get();
    }
}
