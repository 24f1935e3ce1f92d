package org.khokahano.config.yaml;

import java.util.Optional;

/** The environment variables that a configuration may refer to. */
@FunctionalInterface
public interface Environment {

    /** A variable's value, or empty if it is not set. */
    Optional<String> variable(String name);

    /** Those of this process. */
    static Environment ofProcess() {
        return name -> Optional.ofNullable(System.getenv(name));
    }
}
