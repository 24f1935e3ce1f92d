package org.khokahano.config;

import java.util.List;
import java.util.Map;
import org.khokahano.config.read.Section;
import org.khokahano.config.read.Types;
import org.khokahano.config.yaml.ConfigurationFiles;
import org.khokahano.table.CodeTables;

/** All that can be said in a configuration, from its root on. */
public final class EngineDeclaration {
    private static final Section<CommitConfig> COMMIT = Section.of("commit", section -> {
        var maxBatch = section.field(
                "maxBatch", Types.integer(1, 100_000), "1000", "How many messages share a commit at most.");
        var maxBytes = section.field("maxBytes", Types.size(), "8MB", "How many bytes share a commit at most.");
        return values -> new CommitConfig(maxBatch.in(values), maxBytes.in(values));
    });

    private static final Section<EmbeddedStoreConfig> EMBEDDED = Section.of("embedded", section -> {
        var path = section.field(
                "path", Types.path(), "data", "The store's directory, relative to wherever the engine is started.");
        var minFree = section.field(
                "minFree", Types.size(), "64MB", "With less than this left on the disk, nothing more is accepted.");
        var commit = section.field("commit", COMMIT, "{}", "How much one durable commit takes.");
        return values -> new EmbeddedStoreConfig(path.in(values), minFree.in(values), commit.in(values));
    });

    private static final Section<KeepConfig> KEEP = Section.of("keep", section -> {
        var bodies = section.field("bodies", Types.duration(), "90d", "How long delivered messages are kept.");
        var metadata =
                section.field("metadata", Types.duration(), "400d", "How long what is known about them is kept.");
        section.rule(values -> {
            if (bodies.in(values).compareTo(metadata.in(values)) > 0) {
                values.error(
                        values.isWritten(bodies) ? bodies : metadata,
                        "messages would be kept longer than what is known about them",
                        "'bodies' is at most 'metadata'");
            }
        });
        return values -> new KeepConfig(bodies.in(values), metadata.in(values));
    });

    private static final Section<StoreConfig> STORE = Section.of("store", section -> {
        var place = section.<StorePlaceConfig>oneOfOrFirst(
                List.of(section.alternative("embedded", EMBEDDED, "A store in files of this machine.")));
        var keep = section.field("keep", KEEP, "{}", "How long what was delivered is kept.");
        return values -> new StoreConfig(place.in(values), keep.in(values));
    });

    private static final Section<AdminConfig> ADMIN = Section.of("admin", section -> {
        var listen = section.field(
                "listen", Types.hostPort(), "127.0.0.1:8080", "Where the metrics, the API and the console are served.");
        section.instead("port", "write 'listen' with a host and a port: 127.0.0.1:8080");
        return values -> new AdminConfig(listen.in(values));
    });

    private static final Section<SlaConfig> SLA = Section.of("sla", section -> {
        var latency =
                section.field("latencyP95", Types.duration(), "5s", "Within which 95 % of the messages are delivered.");
        var depth = section.field(
                "queueDepthMean", Types.integer(1, 100_000_000), "100", "How many messages wait on average, at most.");
        var uptime = section.field(
                "uptime",
                Types.decimal(0, 100),
                "99.9",
                "The part of the time in which messages are accepted, in percent.");
        return values -> new SlaConfig(latency.in(values), depth.in(values), uptime.in(values));
    });

    private static final Section<LogConfig> LOG = Section.of("log", section -> {
        var format = section.field(
                "format", Types.choice(LogFormat.class), "text", "Whether people or collectors read the log.");
        var level = section.field(
                "level", Types.choice(LogLevel.class), "info", "The least important thing that is logged.");
        return values -> new LogConfig(format.in(values), level.in(values));
    });

    private static final Section<ThreadsConfig> THREADS = Section.of("threads", section -> {
        var eventLoops = section.field(
                "eventLoops", Types.integer(1, 64), "2", "How many threads carry the sockets and the lanes.");
        return values -> new ThreadsConfig(eventLoops.in(values));
    });

    private static final Section<LimitsConfig> LIMITS = Section.of("limits", section -> {
        var unfinishedFrames = section.optional(
                "unfinishedFrames",
                Types.size(),
                "How many bytes the unfinished MLLP frames of all connections may hold together; beyond it the"
                        + " connection with the largest is closed. If missing, an eighth of the heap, and at least"
                        + " one of the longest frames.");
        return values -> new LimitsConfig(unfinishedFrames.in(values));
    });

    private static final Section<ShutdownConfig> SHUTDOWN = Section.of("shutdown", section -> {
        var drain = section.field(
                "drain", Types.duration(), "30s", "How long to wait for deliveries under way when stopping.");
        return values -> new ShutdownConfig(drain.in(values));
    });

    /** The whole configuration. */
    public static final Section<EngineConfig> ENGINE = Section.of("the engine", section -> {
        var engine = section.required("engine", Types.name(), "The engine's name, in metrics and logs.");
        section.field(
                ConfigurationFiles.INCLUDE,
                Types.list(Types.text(), "paths"),
                "[]",
                "Further files, as paths with wildcards, relative to this directory.");
        var store = section.field("store", STORE, "{}", "Where messages are kept, and for how long.");
        var admin = section.field("admin", ADMIN, "{}", "Where the metrics, the API and the console are served.");
        var sla = section.field("sla", SLA, "{}", "What the service promises.");
        var log = section.field("log", LOG, "{}", "How the log looks and how much is in it.");
        var threads = section.field("threads", THREADS, "{}", "How many threads the engine uses.");
        var limits = section.field("limits", LIMITS, "{}", "Bounds over all listeners together.");
        var shutdown = section.field("shutdown", SHUTDOWN, "{}", "How the engine stops.");
        var listeners = section.field(
                "listeners", Types.named("listener", ListenerDeclaration.LISTENER), "{}", "What messages come in by.");
        var destinations = section.field(
                "destinations",
                Types.named("destination", DestinationDeclaration.DESTINATION),
                "{}",
                "What messages go out to.");
        var routing = section.field("routing", RouteDeclaration.ROUTING, "{}", "How routes are gone through.");
        var filters = section.field(
                "filters",
                Types.named("filter", RouteDeclaration.FILTER),
                "{}",
                "Named reasons to keep messages off routes.");
        var tables = section.field(
                "tables",
                Types.named("code table", RouteDeclaration.TABLE),
                "{}",
                "What codes of one system are in another.");
        var formats = section.field(
                "formats",
                Types.named("format", FormatDeclaration.FORMAT),
                "{}",
                "How what is not HL7 in delimiters becomes messages, and messages become it.");
        var validation = section.field(
                "validation",
                Types.named("rule set", ValidationDeclaration.RULE_SET),
                "{}",
                "Sets of rules for the content of messages, which listeners and routes name.");
        var routes =
                section.field("routes", Types.named("route", RouteDeclaration.ROUTE), "{}", "Which messages go where.");
        section.instead("name", "did you mean 'engine'?");
        section.instead("mllp", "it belongs under 'listeners' or 'destinations', each with a name");
        return values -> new EngineConfig(
                engine.in(values),
                store.in(values),
                admin.in(values),
                sla.in(values),
                log.in(values),
                threads.in(values),
                limits.in(values),
                shutdown.in(values),
                listeners.in(values),
                destinations.in(values),
                routing.in(values),
                filters.in(values),
                tables.in(values),
                formats.in(values),
                validation.in(values),
                routes.in(values),
                CodeTables.none(),
                Map.of(),
                Map.of());
    });

    private EngineDeclaration() {}
}
