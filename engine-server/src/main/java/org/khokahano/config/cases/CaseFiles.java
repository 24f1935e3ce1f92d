package org.khokahano.config.cases;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.problem.SourceFile;
import org.khokahano.config.read.Reading;
import org.khokahano.config.yaml.ConfigNode;
import org.khokahano.config.yaml.ConfigurationPlace;
import org.khokahano.config.yaml.Environment;
import org.khokahano.config.yaml.OtherFile;

/** Reads the cases of a configuration: every YAML file below its directory {@code cases}. */
public final class CaseFiles {
    /** The directory beside {@code engine.yaml}. */
    public static final String DIRECTORY = "cases";

    private static final int MOST_FILES = 100_000;
    private static final int DEEPEST = 20;

    private final Path directory;
    private final Environment environment;
    private final Problems problems;

    /** @param directory the configuration's */
    public CaseFiles(Path directory, Environment environment, Problems problems) {
        this.directory = directory;
        this.environment = environment;
        this.problems = problems;
    }

    /**
     * A case that was read.
     *
     * @param file relative to the configuration's directory
     */
    public record Found(String file, CaseConfig config) {}

    /** All cases by the names of their files; those that could not be read are left out, and noted. */
    public List<Found> read() {
        List<Found> cases = new ArrayList<>();
        names().forEach(name -> read(name).ifPresent(cases::add));
        return cases;
    }

    /**
     * One case; empty where it cannot be read, which is noted then.
     *
     * @param name the file, relative to the configuration's directory
     */
    public Optional<Found> read(String name) {
        return new OtherFile(ConfigurationPlace.of(directory), environment, problems, "a case file", "case")
                .read(name)
                .flatMap(tree -> {
                    ConfigNode.Mapping nothing = new ConfigNode.Mapping(tree.location(), Map.of());
                    return new Reading(ConfigurationPlace.of(directory), nothing, problems)
                            .read(tree, CaseDeclaration.CASE)
                            .map(read -> new Found(name, read));
                });
    }

    private List<String> names() {
        Path cases = directory.resolve(DIRECTORY);
        if (!Files.isDirectory(cases)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(cases, DEEPEST)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(".yaml") || name.endsWith(".yml"))
                    .sorted()
                    .limit(MOST_FILES)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            problems.error(
                    new SourceFile(DIRECTORY, "").at(1, 1), "the directory cannot be read", "check its permissions");
            return List.of();
        }
    }
}
