package org.khokahano.accept;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.khokahano.event.EngineEvents;

/** Remembers what the accept stages tell, each as one line. */
final class RecordingEvents implements EngineEvents {

    private final List<String> told = new ArrayList<>();

    List<String> told() {
        return told;
    }

    @Override
    public void received(String listener, int bytes) {
        told.add("received");
    }

    @Override
    public void accepted(String listener, long messageId, int deliveries, Duration took) {
        told.add("accepted " + messageId + " for " + deliveries);
    }

    @Override
    public void duplicate(String listener, long messageId, Duration took) {
        told.add("duplicate " + messageId);
    }

    @Override
    public void rejected(String listener, String reason, Duration took) {
        told.add("rejected " + reason);
    }

    @Override
    public void quarantined(String listener, String reason, int bytes) {
        told.add("quarantined " + reason);
    }

    @Override
    public void warned(String listener, String warning) {
        told.add("warned " + warning);
    }

    @Override
    public void held(String destination, long messageId, String reason) {
        told.add("held " + messageId + " for " + destination + ": " + reason);
    }

    @Override
    public void unrouted(String listener, long messageId, boolean held) {
        told.add((held ? "unrouted and held " : "unrouted ") + messageId);
    }
}
