package org.khokahano.bench.compare;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every benchmark command has. */
final class WorkspaceOptions {
    private final String command;

    @Option(names = "--out", description = "Directory for reports, logs and data; default in target.")
    private @Nullable Path out;

    @Option(names = "--java", description = "The java for the peers; default is the newest JDK found.")
    private @Nullable Path java;

    @Option(
            names = "--jvm",
            split = " ",
            defaultValue = "-Xms256m -Xmx512m",
            description = "Options for each measured JVM. Default: ${DEFAULT-VALUE}")
    private List<String> jvmOptions = List.of();

    WorkspaceOptions(String command) {
        this.command = command;
    }

    Workspace workspace() {
        return workspace(jvmOptions);
    }

    /** As asked for, but with these JVM options. */
    Workspace workspace(List<String> otherJvmOptions) {
        Path repository = Workspace.findRepository(Path.of(""));
        Path output = out == null ? repository.resolve("engine-bench/target").resolve(command) : out;
        return new Workspace(
                repository, output.toAbsolutePath(), java == null ? Workspace.newestJava() : java, otherJvmOptions);
    }
}
