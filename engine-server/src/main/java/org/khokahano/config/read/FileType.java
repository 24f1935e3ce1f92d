package org.khokahano.config.read;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.khokahano.config.yaml.ConfigNode;

/** A file that is there and can be read. A relative path is relative to the configuration's directory. */
public record FileType() implements Type<Path> {

    @Override
    public String noun() {
        return "the path of a file";
    }

    @Override
    public String advice() {
        return "a path is relative to the configuration's directory";
    }

    @Override
    public boolean holdsSecret() {
        return false;
    }

    @Override
    public Optional<Path> readPresent(ConfigNode node, Reading reading) {
        if (!(node instanceof ConfigNode.Scalar scalar)) {
            return reading.mismatch(node, this);
        }
        try {
            Path file = reading.place().resolve(scalar.text());
            if (!Files.isRegularFile(file)) {
                reading.error(scalar.location(), "there is no file " + scalar.shown(), advice());
            } else if (!Files.isReadable(file)) {
                reading.error(
                        scalar.location(),
                        "the file " + scalar.shown() + " cannot be read",
                        "check its permissions for the engine's user");
            } else {
                return Optional.of(file);
            }
            return Optional.empty();
        } catch (InvalidPathException malformed) {
            return reading.mismatch(node, this);
        }
    }
}
