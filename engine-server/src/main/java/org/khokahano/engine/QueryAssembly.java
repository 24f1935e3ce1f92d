package org.khokahano.engine;

import java.time.ZoneOffset;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.khokahano.accept.Intake;
import org.khokahano.accept.QueryIntake;
import org.khokahano.ack.AckWriter;
import org.khokahano.config.DestinationTransport;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.HttpDestinationConfig;
import org.khokahano.config.ListenerConfig;
import org.khokahano.config.MllpDestinationConfig;
import org.khokahano.config.ReplyConfig;
import org.khokahano.event.EngineEvents;
import org.khokahano.http.HttpSenderSettings;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.mllp.EventLoops;
import org.khokahano.mllp.MllpSender;
import org.khokahano.mllp.MllpSenderSettings;
import org.khokahano.query.QueryPartner;
import org.khokahano.query.QueryRoute;
import org.khokahano.query.QuerySettings;
import org.khokahano.send.Sender;

/** Builds what takes the queries of a listener, with connections of its own to the partner. */
final class QueryAssembly {

    private final MllpAssembly mllpAssembly;
    private final HttpAssembly httpAssembly;
    private final EventLoops loops;
    private final EngineEvents events;
    private final EngineClock clock;

    QueryAssembly(
            MllpAssembly mllpAssembly,
            HttpAssembly httpAssembly,
            EventLoops loops,
            EngineEvents events,
            EngineClock clock) {
        this.mllpAssembly = mllpAssembly;
        this.httpAssembly = httpAssembly;
        this.loops = loops;
        this.events = events;
        this.clock = clock;
    }

    /** What the certificates for a listener's queries are watched for; they are read anew at each change. */
    static String owner(String listener) {
        return "queries of listener " + listener;
    }

    /** Throws UncheckedIOException where a certificate cannot be used. */
    Intake intake(String name, EngineConfig config, ReplyConfig reply, ValidationAssembly validation) {
        DestinationTransport transport =
                Objects.requireNonNull(config.destinations().get(reply.from())).transport();
        MappingAssembly mappings = new MappingAssembly(config.mappings(), config.codes(), mapping -> mapping);
        ListenerConfig listener = Objects.requireNonNull(config.listeners().get(name));
        return new QueryIntake(
                AcceptAssembly.policy(name, listener),
                validation.policy(listener.validate()),
                reply.audit(),
                route(reply, loops::nextExecutor, senders(name, transport, reply), mappings),
                new AckWriter(ZoneOffset.UTC),
                events,
                clock);
    }

    /** Where queries go, over connections that the senders make. */
    static QueryRoute route(
            ReplyConfig reply,
            Supplier<SerialExecutor> executors,
            Function<SerialExecutor, Sender> senders,
            MappingAssembly mappings) {
        QuerySettings settings = new QuerySettings(reply.timeout(), reply.connections(), reply.maxQueries());
        return new QueryRoute(
                reply.from(),
                new QueryPartner(settings, executors, senders),
                mappings.mapping(reply.map()),
                mappings.mapping(reply.mapAnswer()));
    }

    private Function<SerialExecutor, Sender> senders(String name, DestinationTransport transport, ReplyConfig reply) {
        if (transport instanceof HttpDestinationConfig http) {
            HttpSenderSettings settings = httpAssembly.querySender(owner(name), http, reply.timeout());
            return executor -> httpAssembly.sender(reply.from(), settings, executor);
        }
        MllpSenderSettings settings =
                mllpAssembly.querySender(owner(name), (MllpDestinationConfig) transport, reply.timeout());
        return executor -> new MllpSender(reply.from(), settings, loops, executor, events, clock);
    }
}
