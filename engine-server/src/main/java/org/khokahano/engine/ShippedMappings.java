package org.khokahano.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.khokahano.config.mapping.MappingConfig;
import org.khokahano.config.mapping.MappingDeclaration;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.read.Reading;
import org.khokahano.config.yaml.ConfigNode;
import org.khokahano.config.yaml.ConfigurationPlace;
import org.khokahano.config.yaml.YamlText;

/** The mappings that come with the engine, in the language of all others. */
final class ShippedMappings {

    private ShippedMappings() {}

    /** The mapping that makes messages of that version: {@code 2.3} or {@code 2.5.1}. */
    static MappingConfig conversionTo(String version) {
        return read("/org/khokahano/mappings/convert-to-" + version + ".yaml");
    }

    private static MappingConfig read(String resource) {
        try (InputStream in = ShippedMappings.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + resource);
            }
            ConfigNode tree = YamlText.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            Problems problems = new Problems();
            ConfigNode.Mapping nothing = new ConfigNode.Mapping(tree.location(), Map.of());
            return new Reading(ConfigurationPlace.of(Path.of("")), nothing, problems)
                    .read(tree, MappingDeclaration.MAPPING)
                    .filter(read -> problems.errors() == 0)
                    .orElseThrow(() -> new IllegalStateException(resource + ": " + problems.toList()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
