package org.khokahano.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.khokahano.event.EngineEvents;

/** Keeps what a listener tells of. */
final class RecordingEvents implements EngineEvents {

    final List<String> seen = new CopyOnWriteArrayList<>();

    @Override
    public void connectionOpened(String listener) {
        seen.add("opened");
    }

    @Override
    public void connectionClosed(String listener, boolean silent) {
        seen.add(silent ? "closed silent" : "closed");
    }

    @Override
    public void connectionRefused(String listener, String reason) {
        seen.add("connection refused " + reason);
    }

    @Override
    public void requestRefused(String listener, String reason) {
        seen.add("request refused " + reason);
    }
}
