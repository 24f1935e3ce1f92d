package org.khokahano.event;

import java.time.Duration;
import java.util.List;
import org.khokahano.send.OutcomeKind;
import org.khokahano.validation.JudgedMessage;

/**
 * Tells several listeners, in the order in which they were given. A listener must not throw: what it
 * threw would stop the ones behind it and the message itself.
 */
public final class EventFanout implements EngineEvents {

    private final EngineEvents[] listeners;

    public EventFanout(List<EngineEvents> listeners) {
        this.listeners = listeners.toArray(EngineEvents[]::new);
    }

    @Override
    public void connectionOpened(String listener) {
        for (EngineEvents each : listeners) {
            each.connectionOpened(listener);
        }
    }

    @Override
    public void connectionClosed(String listener, boolean silent) {
        for (EngineEvents each : listeners) {
            each.connectionClosed(listener, silent);
        }
    }

    @Override
    public void connectionRefused(String listener, String reason) {
        for (EngineEvents each : listeners) {
            each.connectionRefused(listener, reason);
        }
    }

    @Override
    public void requestRefused(String listener, String reason) {
        for (EngineEvents each : listeners) {
            each.requestRefused(listener, reason);
        }
    }

    @Override
    public void filtered(String route, String filter) {
        for (EngineEvents each : listeners) {
            each.filtered(route, filter);
        }
    }

    @Override
    public void dropped(String mapping, int messages) {
        for (EngineEvents each : listeners) {
            each.dropped(mapping, messages);
        }
    }

    @Override
    public void conditionFailed(String route, String reason) {
        for (EngineEvents each : listeners) {
            each.conditionFailed(route, reason);
        }
    }

    @Override
    public void fragment(String listener, String what) {
        for (EngineEvents each : listeners) {
            each.fragment(listener, what);
        }
    }

    @Override
    public void bytesSkipped(String listener, long bytes) {
        for (EngineEvents each : listeners) {
            each.bytesSkipped(listener, bytes);
        }
    }

    @Override
    public void received(String listener, int bytes) {
        for (EngineEvents each : listeners) {
            each.received(listener, bytes);
        }
    }

    @Override
    public void accepted(String listener, long messageId, int deliveries, Duration took) {
        for (EngineEvents each : listeners) {
            each.accepted(listener, messageId, deliveries, took);
        }
    }

    @Override
    public void duplicate(String listener, long messageId, Duration took) {
        for (EngineEvents each : listeners) {
            each.duplicate(listener, messageId, took);
        }
    }

    @Override
    public void rejected(String listener, String reason, Duration took) {
        for (EngineEvents each : listeners) {
            each.rejected(listener, reason, took);
        }
    }

    @Override
    public void applicationAcknowledged(String destination, OutcomeKind outcome) {
        for (EngineEvents each : listeners) {
            each.applicationAcknowledged(destination, outcome);
        }
    }

    @Override
    public void acknowledgementTaken(String listener, Duration took) {
        for (EngineEvents each : listeners) {
            each.acknowledgementTaken(listener, took);
        }
    }

    @Override
    public void linkStarted(String listener, boolean resynchronised, Duration took) {
        for (EngineEvents each : listeners) {
            each.linkStarted(listener, resynchronised, took);
        }
    }

    @Override
    public void queried(String listener, String outcome, Duration took) {
        for (EngineEvents each : listeners) {
            each.queried(listener, outcome, took);
        }
    }

    @Override
    public void quarantined(String listener, String reason, int bytes) {
        for (EngineEvents each : listeners) {
            each.quarantined(listener, reason, bytes);
        }
    }

    @Override
    public void judged(String listener, JudgedMessage message) {
        for (EngineEvents each : listeners) {
            each.judged(listener, message);
        }
    }

    @Override
    public void conformed(String facility, String stage, long messages, long withFindings) {
        for (EngineEvents each : listeners) {
            each.conformed(facility, stage, messages, withFindings);
        }
    }

    @Override
    public void warned(String listener, String warning) {
        for (EngineEvents each : listeners) {
            each.warned(listener, warning);
        }
    }

    @Override
    public void unrouted(String listener, long messageId, boolean held) {
        for (EngineEvents each : listeners) {
            each.unrouted(listener, messageId, held);
        }
    }

    @Override
    public void held(String destination, long messageId, String reason) {
        for (EngineEvents each : listeners) {
            each.held(destination, messageId, reason);
        }
    }

    @Override
    public void attempted(String destination, OutcomeKind outcome, Duration took) {
        for (EngineEvents each : listeners) {
            each.attempted(destination, outcome, took);
        }
    }

    @Override
    public void delivered(String destination, long messageId, int bytes, Duration sinceReceipt) {
        for (EngineEvents each : listeners) {
            each.delivered(destination, messageId, bytes, sinceReceipt);
        }
    }

    @Override
    public void retrying(String destination, OutcomeKind outcome, boolean possibleDuplicate) {
        for (EngineEvents each : listeners) {
            each.retrying(destination, outcome, possibleDuplicate);
        }
    }

    @Override
    public void deadLettered(String destination, long messageId, OutcomeKind outcome, String reason) {
        for (EngineEvents each : listeners) {
            each.deadLettered(destination, messageId, outcome, reason);
        }
    }

    @Override
    public void skipped(String destination, long messageId, String reason) {
        for (EngineEvents each : listeners) {
            each.skipped(destination, messageId, reason);
        }
    }

    @Override
    public void queueUnreadable(String destination, int lane) {
        for (EngineEvents each : listeners) {
            each.queueUnreadable(destination, lane);
        }
    }

    @Override
    public void laneMoved(String destination, int lane, String from, String to, String reason) {
        for (EngineEvents each : listeners) {
            each.laneMoved(destination, lane, from, to, reason);
        }
    }

    @Override
    public void answerDropped(String destination, String reason) {
        for (EngineEvents each : listeners) {
            each.answerDropped(destination, reason);
        }
    }

    @Override
    public void committed(int messages, int marks, long bytes, Duration took) {
        for (EngineEvents each : listeners) {
            each.committed(messages, marks, bytes, took);
        }
    }

    @Override
    public void storeFailed(String reason) {
        for (EngineEvents each : listeners) {
            each.storeFailed(reason);
        }
    }

    @Override
    public void revisionApplied(int number) {
        for (EngineEvents each : listeners) {
            each.revisionApplied(number);
        }
    }

    @Override
    public void revisionRefused(String from) {
        for (EngineEvents each : listeners) {
            each.revisionRefused(from);
        }
    }

    @Override
    public void pruningStarted() {
        for (EngineEvents each : listeners) {
            each.pruningStarted();
        }
    }

    @Override
    public void pruned(long bodies, long messages, long quarantined, long freedBytes, Duration took) {
        for (EngineEvents each : listeners) {
            each.pruned(bodies, messages, quarantined, freedBytes, took);
        }
    }
}
