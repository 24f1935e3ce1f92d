package org.khokahano.admin;

import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import org.khokahano.event.EngineEvents;

/** Remembers why each lane last left the state RUNNING. */
public final class LaneReasons implements EngineEvents {

    private static final Reason NONE = new Reason("", "");

    private final ConcurrentHashMap<LaneKey, Reason> reasons = new ConcurrentHashMap<>();

    private record LaneKey(String destination, int lane) {}

    /**
     * Why, and when.
     *
     * @param text empty where the lane never left RUNNING
     * @param at ISO 8601
     */
    public record Reason(String text, String at) {}

    @Override
    public void laneMoved(String destination, int lane, String from, String to, String reason) {
        if (!to.equals("RUNNING")) {
            reasons.put(
                    new LaneKey(destination, lane),
                    new Reason(reason, Instant.now().toString()));
        }
    }

    public Reason of(String destination, int lane) {
        return reasons.getOrDefault(new LaneKey(destination, lane), NONE);
    }
}
