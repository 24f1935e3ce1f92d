package org.khokahano.engine;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.khokahano.accept.AcceptPolicy;
import org.khokahano.accept.BatchPolicy;
import org.khokahano.accept.ContinuationPolicy;
import org.khokahano.ack.AcknowledgementMode;
import org.khokahano.config.AcceptConfig;
import org.khokahano.config.BatchBroken;
import org.khokahano.config.BatchConfig;
import org.khokahano.config.BatchUnlabelled;
import org.khokahano.config.ContinuationConfig;
import org.khokahano.config.DestinationConfig;
import org.khokahano.config.ListenerConfig;
import org.khokahano.config.OneSided;

/** What a listener's configuration says about accepting, in the accept stage's terms. */
final class AcceptAssembly {

    private AcceptAssembly() {}

    static AcceptPolicy policy(String name, ListenerConfig listener) {
        return policy(name, listener, Map.of());
    }

    /** @param destinations those that acknowledgements may go to */
    static AcceptPolicy policy(String name, ListenerConfig listener, Map<String, DestinationConfig> destinations) {
        AcceptConfig accept = listener.accept();
        return new AcceptPolicy(
                name,
                listener.facility().orElse(""),
                accept.duplicates().orElse(Duration.ZERO),
                accept.processing().stream().map(Enum::name).collect(Collectors.toSet()),
                accept.versions().isEmpty() ? AcceptPolicy.ALL_VERSIONS : Set.copyOf(accept.versions()),
                Set.copyOf(accept.types()),
                mode(accept),
                accept.oneSided() == OneSided.ENHANCED ? AcknowledgementMode.ENHANCED : AcknowledgementMode.ORIGINAL,
                applicationAck(accept),
                noRoute(accept),
                AwaitAssembly.later(accept, destinations),
                SequenceAssembly.policy(accept));
    }

    private static AcknowledgementMode.Policy mode(AcceptConfig accept) {
        return switch (accept.mode()) {
            case AUTO -> AcknowledgementMode.Policy.AUTO;
            case ORIGINAL -> AcknowledgementMode.Policy.ORIGINAL;
            case ENHANCED -> AcknowledgementMode.Policy.ENHANCED;
        };
    }

    private static AcceptPolicy.ApplicationAck applicationAck(AcceptConfig accept) {
        return switch (accept.applicationAck()) {
            case NONE -> AcceptPolicy.ApplicationAck.NONE;
            case SAME_CONNECTION -> AcceptPolicy.ApplicationAck.SAME_CONNECTION;
        };
    }

    static BatchPolicy batches(BatchConfig batches) {
        BatchPolicy.Answers answers = switch (batches.answers()) {
            case ALL -> BatchPolicy.Answers.ALL;
            case ERRORS -> BatchPolicy.Answers.ERRORS;
            case NONE -> BatchPolicy.Answers.NONE;
        };
        return new BatchPolicy(
                answers,
                batches.broken() == BatchBroken.ACCEPT ? BatchPolicy.Broken.ACCEPT : BatchPolicy.Broken.REJECT,
                batches.unlabelled() == BatchUnlabelled.SPLIT
                        ? BatchPolicy.Unlabelled.SPLIT
                        : BatchPolicy.Unlabelled.REJECT);
    }

    static ContinuationPolicy continuation(ContinuationConfig continuation) {
        return new ContinuationPolicy(continuation.timeout(), continuation.maxSizeBytes(), continuation.maxPending());
    }

    private static AcceptPolicy.NoRoute noRoute(AcceptConfig accept) {
        return switch (accept.onNoRoute()) {
            case ACCEPT -> AcceptPolicy.NoRoute.ACCEPT;
            case REJECT -> AcceptPolicy.NoRoute.REJECT;
            case HOLD -> AcceptPolicy.NoRoute.HOLD;
        };
    }
}
