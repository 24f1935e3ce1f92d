package org.khokahano.bench.micro;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.khokahano.cases.Coverage;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.yaml.Environment;
import org.khokahano.engine.Rehearsal;
import org.khokahano.routing.Route;

/** The configuration that is measured as a whole process, for measuring its conditions by themselves. */
final class FiftyRoutes {
    private static final List<Path> PLACES =
            List.of(Path.of("engine-bench", "config", "fifty-routes"), Path.of("config", "fifty-routes"));

    private FiftyRoutes() {}

    /** @throws IllegalStateException where it is not below the working directory, or is wrong */
    static EngineConfig read() {
        Path directory = PLACES.stream()
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Start this at the project's root"));
        return ConfigurationReader.read(directory, Environment.ofProcess())
                .config()
                .orElseThrow(() -> new IllegalStateException("'khoka check " + directory + "' tells what is wrong"));
    }

    static Rehearsal rehearsal(EngineConfig config) {
        return new Rehearsal(config, new Coverage(config));
    }

    /** Its routes with their conditions, without their mappings. */
    static List<Route> unmapped(EngineConfig config) {
        return rehearsal(config).routes().routes().stream()
                .map(route -> new Route(
                        route.name(), route.from(), route.otherwise(), route.when(), route.except(), null, route.to()))
                .toList();
    }
}
