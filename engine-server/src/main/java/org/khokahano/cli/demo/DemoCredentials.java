package org.khokahano.cli.demo;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.khokahano.cli.terminal.CommandFailure;
import org.khokahano.config.BasicConfig;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.HttpDestinationConfig;
import org.khokahano.config.HttpListenerConfig;
import org.khokahano.config.value.Secret;

/** What the clinics show the hub and the hub shows its partners, as the hub's configuration says it. */
record DemoCredentials(BasicConfig clinics, Map<DemoSite, Secret> tokens) {

    static DemoCredentials of(EngineConfig config) {
        BasicConfig clinics = config.listeners().values().stream()
                .map(listener -> listener.transport())
                .filter(HttpListenerConfig.class::isInstance)
                .flatMap(transport -> ((HttpListenerConfig) transport).basic().stream())
                .findFirst()
                .orElseThrow(() -> missing("an HTTP listener with 'basic'"));
        Map<DemoSite, Secret> tokens = new EnumMap<>(DemoSite.class);
        for (DemoSite site : DemoSite.values()) {
            tokens.put(site, token(config, site));
        }
        return new DemoCredentials(clinics, tokens);
    }

    private static Secret token(EngineConfig config, DemoSite site) {
        return Optional.ofNullable(config.destinations().get(site.destination()))
                .map(destination -> destination.transport())
                .filter(HttpDestinationConfig.class::isInstance)
                .flatMap(transport -> ((HttpDestinationConfig) transport).bearer())
                .map(bearer -> bearer.token())
                .orElseThrow(() -> missing("the destination " + site.destination() + " over HTTP with 'bearer'"));
    }

    private static CommandFailure missing(String what) {
        return new CommandFailure("the demo needs the hub as it is shipped: " + what);
    }
}
