package org.khokahano.config;

import java.util.List;
import java.util.Optional;
import org.khokahano.config.problem.Problem;
import org.khokahano.config.yaml.Locations;

/**
 * What came of reading a configuration.
 *
 * @param config the configuration; empty if there is an error among the problems
 * @param problems all that is wrong, by place; with a configuration there are warnings only
 * @param locations where everything is written, for later checks such as those of conditions; empty if
 *     not even the first file could be read
 */
public record ConfigurationResult(
        Optional<EngineConfig> config, List<Problem> problems, Optional<Locations> locations) {}
