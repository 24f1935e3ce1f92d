package org.khokahano.mllp;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.khokahano.event.EngineEvents;

/** Notes the events that tests ask for. */
final class RecordingEvents implements EngineEvents {
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger silent = new AtomicInteger();
    final AtomicLong skipped = new AtomicLong();
    final List<String> refused = new CopyOnWriteArrayList<>();
    final List<String> warned = new CopyOnWriteArrayList<>();
    final List<String> dropped = new CopyOnWriteArrayList<>();

    @Override
    public void connectionOpened(String listener) {
        opened.incrementAndGet();
    }

    @Override
    public void connectionClosed(String listener, boolean wasSilent) {
        closed.incrementAndGet();
        if (wasSilent) {
            silent.incrementAndGet();
        }
    }

    @Override
    public void connectionRefused(String listener, String reason) {
        refused.add(reason);
    }

    @Override
    public void bytesSkipped(String listener, long bytes) {
        skipped.addAndGet(bytes);
    }

    @Override
    public void warned(String listener, String warning) {
        warned.add(warning);
    }

    @Override
    public void answerDropped(String destination, String reason) {
        dropped.add(reason);
    }
}
