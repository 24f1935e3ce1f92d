package org.khokahano.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.khokahano.cli.terminal.CommandFailure;
import picocli.CommandLine.Option;

/** Asking for content, which is patient data: with a reason, which the engine logs. */
final class BodyOptions {

    @Option(names = "--body", description = "Print the content, a segment on each line. Needs --reason.")
    private boolean body;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why the content is looked at. Logged.")
    private @Nullable String reason;

    boolean isWanted() {
        return body;
    }

    Map<String, String> query() {
        if (reason == null || reason.isBlank()) {
            throw new CommandFailure("--body shows patient data: say why with --reason TEXT", 2);
        }
        Map<String, String> query = new LinkedHashMap<>();
        query.put("reason", reason);
        return query;
    }
}
