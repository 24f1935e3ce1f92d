package org.khokahano.config;

import java.util.Map;

/**
 * All that the engine is told.
 *
 * @param engine its name, in metrics, logs and what it sends
 * @param listeners by name, in the order in which they are written, as are the others
 */
public record EngineConfig(
        String engine,
        StoreConfig store,
        AdminConfig admin,
        SlaConfig sla,
        LogConfig log,
        ThreadsConfig threads,
        LimitsConfig limits,
        ShutdownConfig shutdown,
        Map<String, ListenerConfig> listeners,
        Map<String, DestinationConfig> destinations,
        Map<String, RouteConfig> routes) {}
