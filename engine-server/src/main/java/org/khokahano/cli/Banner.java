package org.khokahano.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.khokahano.config.DirectoryListenerConfig;
import org.khokahano.config.EmbeddedStoreConfig;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.HttpListenerConfig;
import org.khokahano.config.ListenerTransport;
import org.khokahano.config.MllpListenerConfig;

/** What an engine says of itself before it starts. */
final class Banner {
    private Banner() {}

    static void print(EngineConfig config, Path directory, Optional<Path> data, PrintWriter out) throws IOException {
        Path store = data.orElseGet(() -> ((EmbeddedStoreConfig) config.store().place()).path());
        String listeners = config.listeners().entrySet().stream()
                .map(each -> each.getKey() + " " + port(each.getValue().transport()))
                .collect(Collectors.joining(", "));
        out.println("khoka " + Version.number() + ", Java " + Runtime.version());
        out.println("engine         " + config.engine());
        out.println("configuration  " + directory.toAbsolutePath() + ": " + CheckCommand.found(config));
        out.println("data           " + store.toAbsolutePath());
        out.println("listeners      " + listeners);
        out.println("admin          http://" + config.admin().listen());
        out.flush();
    }

    private static String port(ListenerTransport transport) {
        if (transport instanceof MllpListenerConfig mllp) {
            return "mllp:" + mllp.port();
        }
        if (transport instanceof HttpListenerConfig http) {
            return "http:" + http.port();
        }
        return "directory:" + ((DirectoryListenerConfig) transport).path();
    }
}
