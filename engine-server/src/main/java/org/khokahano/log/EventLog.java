package org.khokahano.log;

import java.time.Duration;
import java.util.function.Consumer;
import org.khokahano.accept.QueryIntake;
import org.khokahano.event.EngineEvents;
import org.khokahano.lane.LaneState;
import org.khokahano.loop.EngineClock;
import org.khokahano.send.OutcomeKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the events that somebody should read, at most one of a kind in ten seconds. */
public final class EventLog implements EngineEvents {

    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
    private static final Duration ONE_LINE_EVERY = Duration.ofSeconds(10);

    private final RateLimit limit;

    public EventLog(EngineClock clock) {
        limit = new RateLimit(clock, ONE_LINE_EVERY);
    }

    private void limited(String kind, Consumer<String> line) {
        long heldBack = limit.heldBack(kind);
        if (heldBack >= 0) {
            line.accept(heldBack == 0 ? "" : " (" + heldBack + " more since the last line)");
        }
    }

    @Override
    public void connectionRefused(String listener, String reason) {
        limited(
                "refused " + listener + reason,
                more -> LOG.warn("listener {}: connection refused: {}{}", listener, reason, more));
    }

    @Override
    public void conditionFailed(String route, String reason) {
        limited(
                "condition " + route,
                more -> LOG.warn(
                        "route {}: its condition could not be evaluated ({}); its deliveries are held" + "{}",
                        route,
                        reason,
                        more));
    }

    @Override
    public void rejected(String listener, String reason, Duration took) {
        limited(
                "rejected " + listener + reason,
                more -> LOG.warn("listener {}: message rejected: {}{}", listener, reason, more));
    }

    @Override
    public void queried(String listener, String outcome, Duration took) {
        if (!outcome.equals(QueryIntake.ANSWERED)) {
            limited(
                    "queried " + listener + outcome,
                    more -> LOG.warn("listener {}: a query was not answered: {}{}", listener, outcome, more));
        }
    }

    @Override
    public void quarantined(String listener, String reason, int bytes) {
        limited(
                "quarantined " + listener + reason,
                more -> LOG.warn("listener {}: {} bytes quarantined: {}{}", listener, bytes, reason, more));
    }

    @Override
    public void warned(String listener, String warning) {
        limited(
                "warned " + listener + warning,
                more -> LOG.warn("listener {}: tolerated: {}{}", listener, warning, more));
    }

    @Override
    public void unrouted(String listener, long messageId, boolean held) {
        String what = held ? "held until somebody decides" : "stored";
        limited(
                "unrouted " + listener,
                more -> LOG.warn(
                        "listener {}: no route takes message {}; it is {}{}", listener, messageId, what, more));
    }

    @Override
    public void held(String destination, long messageId, String reason) {
        limited(
                "held " + destination,
                more -> LOG.warn("destination {}: message {} is held: {}{}", destination, messageId, reason, more));
    }

    @Override
    public void deadLettered(String destination, long messageId, OutcomeKind outcome, String reason) {
        limited(
                "dead letter " + destination + outcome,
                more -> LOG.error(
                        "destination {}: message {} is a dead letter: {}{}", destination, messageId, reason, more));
    }

    @Override
    public void skipped(String destination, long messageId, String reason) {
        limited(
                "skipped " + destination,
                more -> LOG.warn("destination {}: message {} skipped: {}{}", destination, messageId, reason, more));
    }

    @Override
    public void answerDropped(String destination, String reason) {
        limited(
                "answer dropped " + destination + reason,
                more -> LOG.warn("destination {}: an answer belongs to no message: {}{}", destination, reason, more));
    }

    /** A lane that stands needs an operator; one that waits and goes on by itself does not. */
    @Override
    public void laneMoved(String destination, int lane, String from, String to, String reason) {
        if (to.equals(LaneState.HELD.name())) {
            LOG.error("destination {} lane {}: held until it is resumed: {}", destination, lane, reason);
        } else if (to.equals(LaneState.PAUSED.name())) {
            LOG.warn("destination {} lane {}: paused: {}", destination, lane, reason);
        } else if (to.equals(LaneState.RETRYING.name())) {
            limited(
                    "retrying " + destination,
                    more -> LOG.warn(
                            "destination {} lane {}: waits to try again: {}{}", destination, lane, reason, more));
        } else if (to.equals(LaneState.RUNNING.name()) && !from.equals(LaneState.RETRYING.name())) {
            LOG.info("destination {} lane {}: goes on: {}", destination, lane, reason);
        }
    }

    @Override
    public void storeFailed(String reason) {
        LOG.error("the store has failed: {}; messages are refused until the engine has been restarted", reason);
    }
}
