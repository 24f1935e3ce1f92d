package org.khokahano.accept;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Set;
import org.khokahano.accept.AcceptPolicy.ApplicationAck;
import org.khokahano.accept.AcceptPolicy.NoRoute;
import org.khokahano.ack.AckWriter;
import org.khokahano.ack.AcknowledgementMode;
import org.khokahano.loop.EngineClock;
import org.khokahano.plan.Plan;
import org.khokahano.plan.RoutePlanner;
import org.khokahano.store.RecordingStore;

/** A listener's journey with a store, events and a clock that tests can look at and change. */
final class AcceptedListener {

    static final AcceptPolicy DEFAULTS = AcceptPolicy.defaults("ehr");
    static final RoutePlanner NO_ROUTES = (message, origin) -> Plan.NONE;

    final RecordingStore store = new RecordingStore();
    final RecordingEvents events = new RecordingEvents();
    long wallMillis = 1_790_000_000_123L;

    private final EngineClock clock = new EngineClock() {
        @Override
        public long wallMillis() {
            return wallMillis;
        }

        @Override
        public long nanoTime() {
            return 1_000;
        }
    };

    Journey journey(AcceptPolicy policy) {
        return journey(policy, NO_ROUTES);
    }

    Journey journey(AcceptPolicy policy, RoutePlanner planner) {
        return new Journey(policy, 0, planner, store, new AckWriter(ZoneOffset.UTC), events, clock);
    }

    RecordingReply receive(AcceptPolicy policy, String message) {
        RecordingReply reply = new RecordingReply();
        journey(policy).receive(received(message), reply);
        return reply;
    }

    RecordingReply receive(String message) {
        return receive(DEFAULTS, message);
    }

    static Received received(String message) {
        return new Received(message.getBytes(StandardCharsets.ISO_8859_1), "192.0.2.7", 0);
    }

    static AcceptPolicy policy(Set<String> processingIds, Set<String> versions, Set<String> types) {
        return new AcceptPolicy(
                "ehr",
                "QMMH",
                Duration.ofHours(24),
                processingIds,
                versions,
                types,
                AcknowledgementMode.Policy.AUTO,
                AcknowledgementMode.ORIGINAL,
                ApplicationAck.NONE,
                NoRoute.ACCEPT);
    }

    static AcceptPolicy policy(
            AcknowledgementMode.Policy mode, AcknowledgementMode oneSided, ApplicationAck applicationAck) {
        return new AcceptPolicy(
                "ehr",
                "QMMH",
                Duration.ofHours(24),
                AcceptPolicy.ALL_PROCESSING_IDS,
                AcceptPolicy.ALL_VERSIONS,
                Set.of(),
                mode,
                oneSided,
                applicationAck,
                NoRoute.ACCEPT);
    }

    /** Turns away what no route takes. */
    static AcceptPolicy rejectingUnrouted() {
        return new AcceptPolicy(
                "ehr",
                "QMMH",
                Duration.ofHours(24),
                AcceptPolicy.ALL_PROCESSING_IDS,
                AcceptPolicy.ALL_VERSIONS,
                Set.of(),
                AcknowledgementMode.Policy.AUTO,
                AcknowledgementMode.ORIGINAL,
                ApplicationAck.NONE,
                NoRoute.REJECT);
    }

    /** An admission of version 2.5.1 with MSH-15 and MSH-16 as given. */
    static String admission(String controlId, String acceptAck, String applicationAck) {
        return "MSH|^~\\&|EHR|QMMH|HUB|MOH|20261122190000||ADT^A01^ADT_A01|" + controlId + "|P|2.5.1|||" + acceptAck
                + '|' + applicationAck + "\rEVN|A01|20261122190000\rPID|1||LS-77^^^QMMH||Mokoena^Lineo\rPV1|1|I\r";
    }

    static String admission() {
        return admission("M1", "", "");
    }
}
