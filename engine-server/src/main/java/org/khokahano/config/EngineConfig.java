package org.khokahano.config;

import java.util.Map;
import org.khokahano.config.mapping.MappingConfig;
import org.khokahano.config.profile.ProfileConfig;
import org.khokahano.table.CodeTables;

/**
 * All that the engine is told.
 *
 * @param engine its name, in metrics, logs and what it sends
 * @param listeners by name, in the order in which they are written, as are the others
 * @param validation sets of rules
 * @param codes the code tables as their files were read
 * @param mappings by the names of their files
 * @param profiles likewise
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
        RoutingConfig routing,
        Map<String, FilterConfig> filters,
        Map<String, TableConfig> tables,
        Map<String, FormatConfig> formats,
        Map<String, RuleSetConfig> validation,
        Map<String, RouteConfig> routes,
        CodeTables codes,
        Map<String, MappingConfig> mappings,
        Map<String, ProfileConfig> profiles) {

    /** The same with what its other files hold. */
    EngineConfig with(
            CodeTables readCodes, Map<String, MappingConfig> readMappings, Map<String, ProfileConfig> readProfiles) {
        return new EngineConfig(
                engine,
                store,
                admin,
                sla,
                log,
                threads,
                limits,
                shutdown,
                listeners,
                destinations,
                routing,
                filters,
                tables,
                formats,
                validation,
                routes,
                readCodes,
                readMappings,
                readProfiles);
    }
}
