package org.khokahano.config;

import java.util.Map;
import org.khokahano.config.mapping.MappingConfig;

/**
 * All that the engine is told.
 *
 * @param engine its name, in metrics, logs and what it sends
 * @param listeners by name, in the order in which they are written, as are the others
 * @param mappings by the names of their files
 */
public record EngineConfig(
        String engine,
        StoreConfig store,
        AdminConfig admin,
        SlaConfig sla,
        LogConfig log,
        ThreadsConfig threads,
        ShutdownConfig shutdown,
        Map<String, ListenerConfig> listeners,
        Map<String, DestinationConfig> destinations,
        Map<String, RouteConfig> routes,
        Map<String, MappingConfig> mappings) {

    EngineConfig withMappings(Map<String, MappingConfig> read) {
        return new EngineConfig(
                engine, store, admin, sla, log, threads, shutdown, listeners, destinations, routes, read);
    }
}
