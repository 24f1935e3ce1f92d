package org.khokahano.mllp;

import java.time.Duration;
import org.khokahano.accept.UnframedReason;
import org.khokahano.event.EngineEvents;
import org.khokahano.event.FaultPlace;
import org.khokahano.loop.EngineClock;
import org.khokahano.tls.TlsRefusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a listener tells of its connections: each as an event, so that it is counted, and what an
 * operator should see in the log too, as often as {@link LimitedLog} permits, since a noisy peer must
 * not fill it.
 */
final class ListenerReports {

    private static final Logger LOG = LoggerFactory.getLogger(MllpListener.class);

    private final String listener;
    private final EngineEvents events;
    private final LimitedLog skippedLog;
    private final LimitedLog refusedLog;
    private final LimitedLog framingLog;

    ListenerReports(String listener, EngineEvents events, EngineClock clock) {
        this.listener = listener;
        this.events = events;
        this.skippedLog = new LimitedLog(clock);
        this.refusedLog = new LimitedLog(clock);
        this.framingLog = new LimitedLog(clock);
    }

    void opened() {
        events.connectionOpened(listener);
    }

    void closed(boolean silent) {
        events.connectionClosed(listener, silent);
    }

    /** A connection that may not be here (R9). */
    void refused(String reason, String sentence, String remote) {
        events.connectionRefused(listener, reason);
        if (refusedLog.permits()) {
            LOG.warn(
                    "listener {}: connection from {} refused: {}{}",
                    listener,
                    remote,
                    sentence,
                    more(refusedLog.suppressed()));
        }
    }

    /** A TLS handshake that failed. A probe that leaves in the middle is only counted (R7). */
    void refused(Throwable failure, String remote) {
        TlsRefusal refusal = Handshakes.refusal(failure);
        if (refusal == TlsRefusal.CLOSED) {
            LOG.debug("listener {}: {} left during the TLS handshake", listener, remote);
            return;
        }
        refused(refusal.reason(), "TLS: " + refusal.sentenceFor(failure), remote);
    }

    /** Bytes outside of any frame (R2). */
    void skipped(long offset, int length, String remote) {
        events.bytesSkipped(listener, length);
        if (skippedLog.permits()) {
            LOG.warn(
                    "listener {}: {} bytes outside of a frame skipped at offset {} of the connection from {}{}",
                    listener,
                    length,
                    offset,
                    remote,
                    more(skippedLog.suppressed()));
        }
    }

    /** A connection that is closed for what its peer did to the framing (R2 to R5). */
    void givenUp(String what, String remote) {
        if (framingLog.permits()) {
            LOG.warn(
                    "listener {}: {} from {}; the connection is closed{}",
                    listener,
                    what,
                    remote,
                    more(framingLog.suppressed()));
        }
    }

    /** A connection whose oldest frame was not answered in time; its sender will send it again. */
    void notAnswered(Duration limit, String remote) {
        events.warned(listener, "replyTimeout");
        givenUp("no answer of this engine within " + limit + " to a message", remote);
    }

    /** A connection whose unfinished frame was the largest when all of them were too much. */
    void overBudget(String remote) {
        events.warned(listener, UnframedReason.FRAME_BUDGET.code());
        givenUp("the largest of too many bytes of unfinished frames ('limits: unfinishedFrames')", remote);
    }

    /** A connection that ended by an exception. The text of an exception may hold what was received. */
    void failed(Throwable failure, boolean expected, String remote) {
        if (expected) {
            LOG.debug(
                    "listener {}: connection from {} lost: {}",
                    listener,
                    remote,
                    failure.getClass().getName());
        } else {
            LOG.error(
                    "listener {}: connection from {} closed after an error: {}",
                    listener,
                    remote,
                    FaultPlace.of(failure));
        }
    }

    private static String more(long suppressed) {
        return suppressed == 0 ? "" : " (and " + suppressed + " more like it since the last such line)";
    }
}
