package org.khokahano.cases;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.ListenerConfig;
import org.khokahano.config.cases.CaseConfig;
import org.khokahano.config.cases.CaseFiles;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.problem.Suggestion;
import org.khokahano.config.read.Placed;

/** Whether cases name what there is: listeners, destinations and files. */
public final class CaseChecks {
    private static final String UNROUTED = "(no route)";

    private final Path directory;
    private final EngineConfig config;
    private final Problems problems;

    public CaseChecks(Path directory, EngineConfig config, Problems problems) {
        this.directory = directory;
        this.config = config;
        this.problems = problems;
    }

    public void check(List<CaseFiles.Found> cases) {
        for (CaseFiles.Found found : cases) {
            CaseConfig each = found.config();
            known(each.listener().value(), each.listener(), config.listeners().keySet(), "listener");
            given(found, each.message());
            each.answer().ifPresent(answer -> {
                given(found, answer);
                ListenerConfig listener = config.listeners().get(each.listener().value());
                if (listener != null && listener.reply().isEmpty()) {
                    problems.error(
                            answer.place(),
                            "nobody is asked: the listener '" + each.listener().value() + "' has no 'reply'",
                            "remove 'answer', or name a listener with a 'reply'");
                }
            });
            each.expect().answer().ifPresent(file -> {
                if (!file.value().equals(CaseConfig.AS_RECEIVED)) {
                    within(found, file);
                }
            });
            each.expect()
                    .destinations()
                    .forEach((name, files) -> files.forEach(file -> {
                        known(name, file, config.destinations().keySet(), "destination");
                        if (!file.value().equals(CaseConfig.AS_RECEIVED)) {
                            within(found, file);
                        }
                    }));
            List<String> holding = new ArrayList<>(config.destinations().keySet());
            holding.add(UNROUTED);
            each.expect().held().forEach((name, reason) -> known(name, reason, Set.copyOf(holding), "destination"));
        }
    }

    private void given(CaseFiles.Found found, Placed<String> message) {
        if (!CaseConfig.isInline(message.value()) && within(found, message)) {
            exists(found, message);
        }
    }

    private void known(String name, Placed<String> written, Set<String> known, String thing) {
        if (!known.contains(name)) {
            problems.error(
                    written.place(),
                    "there is no " + thing + " '" + name + "'",
                    Suggestion.hint(name, known, thing + "s"));
        }
    }

    private boolean within(CaseFiles.Found found, Placed<String> file) {
        try {
            if (CaseRun.resolve(directory, found.file(), file.value()).startsWith(directory.normalize())) {
                return true;
            }
        } catch (InvalidPathException malformed) {
            // Told below, like any other name that leads nowhere.
        }
        problems.error(
                file.place(),
                "'" + file.value() + "' is not in the configuration's directory",
                "a path is relative to the case's file; keep what a case needs with the configuration");
        return false;
    }

    private void exists(CaseFiles.Found found, Placed<String> file) {
        if (!Files.isRegularFile(CaseRun.resolve(directory, found.file(), file.value()))) {
            problems.error(
                    file.place(),
                    "there is no file '" + file.value() + "'",
                    "a path is relative to the case's file; a message of its own begins with MSH");
        }
    }
}
