package org.khokahano.cli.demo;

import java.util.Optional;
import java.util.stream.Stream;
import org.khokahano.cli.terminal.CommandFailure;
import org.khokahano.config.BasicConfig;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.HttpDestinationConfig;
import org.khokahano.config.HttpListenerConfig;
import org.khokahano.config.value.Secret;

/** What the clinics show the hub and the hub shows the ministry, as the hub's configuration says it. */
record DemoCredentials(BasicConfig clinics, Secret ministry) {

    static DemoCredentials of(EngineConfig config) {
        BasicConfig clinics = only(config.listeners().values().stream()
                .map(listener -> listener.transport())
                .filter(HttpListenerConfig.class::isInstance)
                .flatMap(transport -> ((HttpListenerConfig) transport).basic().stream()));
        Secret ministry = only(config.destinations().values().stream()
                .map(destination -> destination.transport())
                .filter(HttpDestinationConfig.class::isInstance)
                .flatMap(transport -> ((HttpDestinationConfig) transport).bearer().stream())
                .map(bearer -> bearer.token()));
        return new DemoCredentials(clinics, ministry);
    }

    private static <T> T only(Stream<T> found) {
        Optional<T> first = found.findFirst();
        return first.orElseThrow(() -> new CommandFailure(
                "the demo needs the hub as it is shipped: an HTTP listener with 'basic' and an HTTP destination"
                        + " with 'bearer'"));
    }
}
