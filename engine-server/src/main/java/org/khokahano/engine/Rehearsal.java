package org.khokahano.engine;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.khokahano.accept.Intake;
import org.khokahano.accept.Journey;
import org.khokahano.accept.Received;
import org.khokahano.accept.Reply;
import org.khokahano.ack.AckWriter;
import org.khokahano.config.DestinationConfig;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.ListenerConfig;
import org.khokahano.engine.RehearsedMessage.Mapped;
import org.khokahano.engine.RehearsedMessage.Planned;
import org.khokahano.engine.RehearsedMessage.Refused;
import org.khokahano.event.EngineEvents;
import org.khokahano.lane.Destination;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.route.Origin;
import org.khokahano.route.Plan;
import org.khokahano.route.RoutePlanner;
import org.khokahano.routing.RouteTrace;
import org.khokahano.routing.Routes;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.NewMessage;
import org.khokahano.validation.Finding;
import org.khokahano.validation.Findings;
import org.khokahano.validation.Validator;

/**
 * A configuration that does with a message all that the engine does, up to where it would be stored and
 * sent: the same accept stage, routes, mappings and code tables, from the same assembly. It opens no
 * socket, starts no thread, and writes nothing. Used by one thread.
 */
public final class Rehearsal {

    private final EngineConfig config;
    private final RehearsalObserver observer;
    private final FormatAssembly formats;
    private final Routes routes;
    private final ValidationAssembly validation;
    private final Set<String> invalid = new LinkedHashSet<>();
    private final AckWriter ackWriter = new AckWriter(ZoneOffset.UTC);
    private final List<Mapped> mapped = new ArrayList<>();

    /** @param observer told of all that happens, beside the outcome of each message */
    public Rehearsal(EngineConfig config, RehearsalObserver observer) {
        this.config = config;
        this.observer = observer;
        this.formats = new FormatAssembly(config.formats());
        Map<String, Destination> destinations = new LinkedHashMap<>();
        config.destinations().forEach((name, destination) -> destinations.put(name, destination(name, destination)));
        this.validation = new ValidationAssembly(config, this::watched);
        this.routes = RouteAssembly.routes(
                config,
                destinations,
                config.codes().observedBy(observer),
                validation,
                mapping -> new WatchedMapping(mapping, observer, mapped::add),
                new EngineEvents() {});
    }

    /** Findings as cases and people name them: place and rule, and its layer where it is not HL7. */
    private Validator watched(Validator validator) {
        return new Validator() {
            @Override
            public String name() {
                return validator.name();
            }

            @Override
            public void validate(Message message, Origin origin, Findings findings) {
                validator.validate(message, origin, findings);
                for (Finding finding : findings.list()) {
                    invalid.add(finding.severity().name().toLowerCase(Locale.ROOT) + " " + finding.layer() + " "
                            + finding.rule() + " at " + finding.place());
                }
            }
        };
    }

    private Destination destination(String name, DestinationConfig destination) {
        return new Destination(
                name,
                destination.order().key().map(MessagePath::parse).orElse(null),
                EngineParts.format(destination, formats),
                List.of());
    }

    /** The routes with their conditions, in the order in which they are asked. */
    public Routes routes() {
        return routes;
    }

    /**
     * What would become of a message.
     *
     * @param listener the name of one of the configuration's listeners
     * @param bytes as they would be received, without framing
     * @param receivedMillis the wall time at which they would be
     */
    public RehearsedMessage receive(String listener, byte[] bytes, long receivedMillis) {
        return taken(
                listener,
                bytes,
                receivedMillis,
                (configured, journey) -> EngineParts.intake(configured, journey, formats, new RehearsalFragments()));
    }

    /**
     * What became of a message that is stored: as above, but past the listener's format, since what a format
     * made of the input is what is stored.
     */
    public RehearsedMessage receiveAgain(String listener, byte[] stored, long receivedMillis) {
        return taken(listener, stored, receivedMillis, (configured, journey) -> journey);
    }

    private RehearsedMessage taken(
            String listener, byte[] bytes, long receivedMillis, BiFunction<ListenerConfig, Journey, Intake> intake) {
        ListenerConfig configured = config.listeners().get(listener);
        if (configured == null) {
            throw new IllegalArgumentException("there is no listener " + listener);
        }
        mapped.clear();
        invalid.clear();
        RehearsalStore store = new RehearsalStore(receivedMillis);
        Heard heard = new Heard();
        Answers answers = new Answers();
        List<RouteTrace> traces = new ArrayList<>();
        RoutePlanner planner = (message, origin) -> {
            Plan planned = routes.plan(message, origin, observer);
            traces.addAll(routes.explain(message, origin));
            return planned;
        };
        Journey journey = new Journey(
                AcceptAssembly.policy(listener, configured),
                validation.policy(configured.validate()),
                0,
                planner,
                store,
                ackWriter,
                heard,
                at(receivedMillis));
        intake.apply(configured, journey).receive(new Received(bytes, "a rehearsal", 0), answers);
        return new RehearsedMessage(
                answers.given,
                refused(store, heard),
                store.appended().stream().flatMap(Rehearsal::planned).toList(),
                Stream.concat(heard.findings.stream(), invalid.stream()).toList(),
                traces,
                mapped);
    }

    private static Optional<Refused> refused(RehearsalStore store, Heard heard) {
        String detail = store.quarantined().map(input -> input.detail()).orElse("");
        return Optional.ofNullable(heard.rejected).map(code -> new Refused(code, detail));
    }

    private static Stream<Planned> planned(NewMessage stored) {
        return stored.deliveries().stream().map(delivery -> planned(delivery, stored.bytes()));
    }

    private static Planned planned(NewDelivery delivery, byte[] received) {
        byte[] payload = delivery.payload();
        boolean held = delivery.state() == DeliveryState.HELD;
        return new Planned(
                delivery.destination(),
                payload == null ? received : payload,
                payload == null,
                held ? Optional.of(delivery.reason()) : Optional.empty());
    }

    private static EngineClock at(long wallMillis) {
        return new EngineClock() {
            @Override
            public long wallMillis() {
                return wallMillis;
            }

            @Override
            public long nanoTime() {
                return 0;
            }
        };
    }

    private static final class Heard implements EngineEvents {
        private final List<String> findings = new ArrayList<>();
        private @Nullable String rejected;

        @Override
        public void warned(String listener, String warning) {
            findings.add(warning);
        }

        @Override
        public void rejected(String listener, String reason, Duration took) {
            rejected = reason;
        }
    }

    private static final class Answers implements Reply {
        private final List<byte[]> given = new ArrayList<>();

        @Override
        public SerialExecutor executor() {
            return RehearsalStore.HERE;
        }

        @Override
        public void send(byte @Nullable [] acknowledgement) {
            if (acknowledgement != null) {
                given.add(acknowledgement);
            }
        }

        @Override
        public void send(byte @Nullable [] acknowledgement, byte[] applicationAcknowledgement) {
            send(acknowledgement);
            given.add(applicationAcknowledgement);
        }
    }
}
