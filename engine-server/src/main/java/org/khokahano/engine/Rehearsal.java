package org.khokahano.engine;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.khokahano.accept.Intake;
import org.khokahano.accept.Journey;
import org.khokahano.accept.QueryIntake;
import org.khokahano.accept.Received;
import org.khokahano.accept.Reply;
import org.khokahano.ack.AckWriter;
import org.khokahano.config.DestinationConfig;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.ListenerConfig;
import org.khokahano.config.ReplyConfig;
import org.khokahano.engine.RehearsedMessage.Mapped;
import org.khokahano.engine.RehearsedMessage.Planned;
import org.khokahano.engine.RehearsedMessage.Refused;
import org.khokahano.event.EngineEvents;
import org.khokahano.lane.Destination;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.plan.Plan;
import org.khokahano.plan.RoutePlanner;
import org.khokahano.routing.RouteTrace;
import org.khokahano.routing.Routes;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.NewMessage;
import org.khokahano.validation.JudgedMessage;
import org.khokahano.validation.Judgement;

/**
 * A configuration that does with a message all that the engine does, up to where it would be stored and
 * sent: the same accept stage, routes, mappings and code tables, from the same assembly. It opens no
 * socket, starts no thread, and writes nothing. Used by one thread.
 */
public final class Rehearsal {

    private static final MessagePath ERROR_SENTENCE = MessagePath.of("ERR-8");
    private static final MessagePath ACKNOWLEDGED_TEXT = MessagePath.of("MSA-3");

    private final EngineConfig config;
    private final RehearsalObserver observer;
    private final FormatAssembly formats;
    private final Routes routes;
    private final ValidationAssembly validation;
    private final AckWriter ackWriter = new AckWriter(ZoneOffset.UTC);
    private final List<Mapped> mapped = new ArrayList<>();

    /** @param observer told of all that happens, beside the outcome of each message */
    public Rehearsal(EngineConfig config, RehearsalObserver observer) {
        this.config = config;
        this.observer = observer;
        this.formats = new FormatAssembly(config.formats());
        Map<String, Destination> destinations = new LinkedHashMap<>();
        config.destinations().forEach((name, destination) -> destinations.put(name, destination(name, destination)));
        this.validation = new ValidationAssembly(config);
        this.routes = RouteAssembly.routes(
                config,
                destinations,
                config.codes().observedBy(observer),
                validation,
                mapping -> new WatchedMapping(mapping, observer, mapped::add),
                new EngineEvents() {});
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
        return receive(listener, bytes, receivedMillis, Optional.empty());
    }

    /**
     * As above, where the listener asks a destination for the answer.
     *
     * @param answer what the destination answers; empty where it says nothing
     */
    public RehearsedMessage receive(String listener, byte[] bytes, long receivedMillis, Optional<byte[]> answer) {
        return taken(
                listener,
                bytes,
                receivedMillis,
                answer,
                (configured, journey) -> EngineParts.intake(configured, journey, formats, new RehearsalFragments()));
    }

    /**
     * What became of a message that is stored: as above, but past the listener's format, since what a format
     * made of the input is what is stored.
     */
    public RehearsedMessage receiveAgain(String listener, byte[] stored, long receivedMillis) {
        return taken(listener, stored, receivedMillis, Optional.empty(), (configured, journey) -> journey);
    }

    private RehearsedMessage taken(
            String listener,
            byte[] bytes,
            long receivedMillis,
            Optional<byte[]> answer,
            BiFunction<ListenerConfig, Journey, Intake> intake) {
        ListenerConfig configured = config.listeners().get(listener);
        if (configured == null) {
            throw new IllegalArgumentException("there is no listener " + listener);
        }
        mapped.clear();
        if (configured.reply().isPresent()) {
            return asked(listener, configured.reply().get(), bytes, receivedMillis, answer);
        }
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
                AcceptAssembly.policy(listener, configured, config.destinations()),
                validation.policy(configured.validate()),
                0,
                planner,
                store,
                null,
                ackWriter,
                heard,
                at(receivedMillis));
        intake.apply(configured, journey).receive(new Received(bytes, "a rehearsal", 0), answers);
        return new RehearsedMessage(
                answers.given,
                refused(store, heard),
                store.appended().stream().flatMap(Rehearsal::planned).toList(),
                heard.warnings,
                heard.judgements,
                traces,
                mapped);
    }

    /** A query: what the partner is asked stands for a delivery. */
    private RehearsedMessage asked(
            String listener, ReplyConfig reply, byte[] bytes, long receivedMillis, Optional<byte[]> answer) {
        RehearsedPartner partner = new RehearsedPartner(answer);
        Heard heard = new Heard();
        Answers answers = new Answers();
        MappingAssembly mappings = new MappingAssembly(
                config.mappings(),
                config.codes().observedBy(observer),
                mapping -> new WatchedMapping(mapping, observer, mapped::add));
        ListenerConfig configured = Objects.requireNonNull(config.listeners().get(listener));
        // No audit: a rehearsal is nobody's question.
        QueryIntake intake = new QueryIntake(
                AcceptAssembly.policy(listener, configured),
                validation.policy(configured.validate()),
                false,
                QueryAssembly.route(reply, () -> RehearsalStore.HERE, executor -> partner, mappings),
                ackWriter,
                heard,
                at(receivedMillis));
        FlowAssembly.utf16(configured, intake).receive(new Received(bytes, "a rehearsal", 0), answers);
        List<Planned> deliveries = partner.asked().stream()
                .map(query -> new Planned(reply.from(), query, Arrays.equals(query, bytes), Optional.empty()))
                .toList();
        boolean failed = !heard.ended.isEmpty() && !heard.ended.equals(QueryIntake.ANSWERED);
        return new RehearsedMessage(
                answers.given,
                failed ? Optional.of(new Refused(heard.ended, whyFailed(answers.given))) : Optional.empty(),
                deliveries,
                heard.warnings,
                heard.judgements,
                List.of(),
                mapped);
    }

    /** What the asker is told in ERR-8, or in MSA-3 before 2.5. */
    private static String whyFailed(List<byte[]> answers) {
        try {
            Message told = Message.read(answers.get(0));
            String sentence = told.get(ERROR_SENTENCE);
            return sentence.isEmpty() ? told.get(ACKNOWLEDGED_TEXT) : sentence;
        } catch (UnreadableMessageException | IndexOutOfBoundsException e) {
            return "";
        }
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
        private final List<String> warnings = new ArrayList<>();
        private final List<Judgement> judgements = new ArrayList<>();
        private @Nullable String rejected;
        private String ended = "";

        @Override
        public void warned(String listener, String warning) {
            warnings.add(warning);
        }

        @Override
        public void judged(String listener, JudgedMessage message) {
            judgements.addAll(message.judgements());
        }

        @Override
        public void rejected(String listener, String reason, Duration took) {
            rejected = reason;
        }

        @Override
        public void queried(String listener, String outcome, Duration took) {
            ended = outcome;
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
