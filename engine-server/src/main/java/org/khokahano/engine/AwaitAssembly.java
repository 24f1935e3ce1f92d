package org.khokahano.engine;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.khokahano.accept.AcceptPolicy.LaterAck;
import org.khokahano.answer.ApplicationAcks;
import org.khokahano.answer.AskingSender;
import org.khokahano.answer.AwaitSettings;
import org.khokahano.config.AcceptConfig;
import org.khokahano.config.AskedAckConfig;
import org.khokahano.config.AwaitedAction;
import org.khokahano.config.DestinationConfig;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.ExpectAck;
import org.khokahano.config.MllpDestinationConfig;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.Sender;
import org.khokahano.store.DeliveryState;

/** Application acknowledgements on both sides, as a configuration wants them. */
final class AwaitAssembly {

    /** The usual time, and the usual ends. */
    private static final AwaitSettings NO_LONGER_ASKED =
            new AwaitSettings("NE", Duration.ofHours(1), Map.of(OutcomeKind.AA, DeliveryState.DELIVERED));

    private AwaitAssembly() {}

    /** Lets the acknowledgements of all destinations be gone by as this configuration says. */
    static void expect(EngineConfig config, ApplicationAcks acks) {
        config.destinations()
                .forEach((name, destination) ->
                        destination.applicationAck().ifPresent(asked -> acks.expect(name, settings(asked))));
    }

    /**
     * As the other at the start, where acknowledgements may be awaited of destinations that ask for none any
     * more or are gone: those end as is usual, and none waits for ever.
     *
     * @param awaited the destinations of which any are awaited
     */
    static void expect(EngineConfig config, Set<String> awaited, ApplicationAcks acks) {
        awaited.stream()
                .filter(name -> Optional.ofNullable(config.destinations().get(name))
                        .flatMap(DestinationConfig::applicationAck)
                        .isEmpty())
                .forEach(name -> acks.expect(name, NO_LONGER_ASKED));
        expect(config, acks);
    }

    /** A destination's way to its partner, which asks for acknowledgements where the destination wants that. */
    static Sender asking(DestinationConfig destination, Sender sender) {
        return destination
                .applicationAck()
                .map(AwaitAssembly::settings)
                .<Sender>map(settings -> new AskingSender(settings, sender))
                .orElse(sender);
    }

    private static AwaitSettings settings(AskedAckConfig config) {
        return new AwaitSettings(
                config.ask().name(),
                config.within(),
                Map.of(
                        OutcomeKind.AA, state(config.aa()),
                        OutcomeKind.AE, state(config.ae()),
                        OutcomeKind.AR, state(config.ar()),
                        OutcomeKind.TIMEOUT, state(config.timeout())));
    }

    private static DeliveryState state(AwaitedAction action) {
        return switch (action) {
            case DONE -> DeliveryState.DELIVERED;
            case DEAD_LETTER -> DeliveryState.DEAD_LETTER;
        };
    }

    /** Where a listener's application acknowledgements go in an exchange of their own; null for nowhere. */
    static @Nullable LaterAck later(AcceptConfig accept, Map<String, DestinationConfig> destinations) {
        return accept.applicationAckTo()
                .map(name -> new LaterAck(name, acceptAck(destinations.get(name))))
                .orElse(null);
    }

    private static String acceptAck(@Nullable DestinationConfig back) {
        boolean unanswered = back != null
                && back.transport() instanceof MllpDestinationConfig mllp
                && mllp.expectAck() == ExpectAck.AS_MESSAGE;
        return unanswered ? "NE" : "AL";
    }
}
