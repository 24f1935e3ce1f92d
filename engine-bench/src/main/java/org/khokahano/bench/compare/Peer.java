package org.khokahano.bench.compare;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.khokahano.bench.peer.CamelJournalRelay;
import org.khokahano.bench.peer.CamelRelay;
import org.khokahano.bench.peer.CopyRelay;
import org.khokahano.bench.peer.HapiRelay;

/** What is measured. All take the same environment. */
enum Peer {
    ENGINE("the engine, config/relay; answers after its durable commit", "config/relay"),
    ENGINE_ROUTES(
            "the engine with 50 routes and a mapping of 30 steps; answers after its durable commit",
            "engine-bench/config/fifty-routes"),
    ENGINE_VALIDATED("the engine with validation; answers after its durable commit", "engine-bench/config/validated"),
    COPY("copies bytes, answers come from the sink; the yardstick", CopyRelay.class),
    CAMEL("Camel 4.14 MLLP to MLLP, nothing durable", CamelRelay.class),
    CAMEL_JOURNAL("Camel with a synced Artemis journal between; answers after it", CamelJournalRelay.class),
    HAPI("HAPI's server and client, parses, nothing durable", HapiRelay.class);

    private final String description;
    private final @Nullable Class<?> mainClass;
    private final @Nullable String configuration;

    Peer(String description, String configuration) {
        this.description = description;
        this.mainClass = null;
        this.configuration = configuration;
    }

    Peer(String description, Class<?> mainClass) {
        this.description = description;
        this.mainClass = mainClass;
        this.configuration = null;
    }

    String description() {
        return description;
    }

    /** What the engine runs, below the project's root; null for other programs. */
    @Nullable
    String configuration() {
        return configuration;
    }

    /** The class to start; the engine has its own launcher. */
    String mainClassName() {
        if (mainClass == null) {
            throw new IllegalStateException(label() + " is started by its launcher");
        }
        return mainClass.getName();
    }

    /** Its name on the command line and in reports. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException listing the names that exist */
    static Peer labelled(String label) {
        return Arrays.stream(values())
                .filter(peer -> peer.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No peer '" + label + "'; there are "
                        + Arrays.stream(values()).map(Peer::label).toList()));
    }
}
