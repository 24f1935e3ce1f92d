package org.khokahano.corpus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.khokahano.cases.Coverage;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.yaml.Environment;
import org.khokahano.engine.Rehearsal;
import org.khokahano.engine.RehearsedMessage;
import org.khokahano.engine.RehearsedMessage.Planned;
import org.khokahano.fault.Corpus;
import org.khokahano.message.batch.BatchInput;

/** Gives every file of the public corpus to the engine's own stages, and says what became of it. */
final class CorpusRun {
    private static final long RECEIVED_MILLIS = 1_793_000_000_000L;

    /** What becomes of a file. */
    enum End {
        ACCEPTED,
        HELD,
        REJECTED
    }

    /**
     * A file and what became of it.
     *
     * @param reasons why it is held or rejected: codes of rejection, or a rule and its place
     * @param exact whether all that goes out is what came in, byte for byte; false where nothing is stored
     */
    record Result(CorpusEntry entry, End end, Set<String> reasons, boolean exact, HapiReader.Outcome hapi) {}

    private final EngineConfig config = ConfigurationReader.read(
                    Path.of("src", "test", "resources", "corpus"), Environment.ofProcess())
            .config()
            .orElseThrow();
    private final Rehearsal rehearsal = new Rehearsal(config, new Coverage(config));
    private final HapiReader hapi = new HapiReader();

    List<Result> all(Path archive) throws IOException {
        Map<String, byte[]> files = Corpus.messages(archive);
        return CorpusEntry.read(archive).stream()
                .map(entry -> result(entry, bytes(files, entry)))
                .toList();
    }

    private static byte[] bytes(Map<String, byte[]> files, CorpusEntry entry) {
        byte[] bytes = files.get("messages/" + entry.id() + ".hl7");
        if (bytes == null) {
            throw new IllegalStateException("the corpus lists " + entry.id() + " and does not have it");
        }
        return bytes;
    }

    private Result result(CorpusEntry entry, byte[] bytes) {
        byte[] original = bytes.clone();
        RehearsedMessage outcome = rehearsal.receive("in", bytes, RECEIVED_MILLIS);
        Set<String> reasons = new TreeSet<>();
        End end = End.ACCEPTED;
        if (outcome.refused().isPresent()) {
            end = End.REJECTED;
            reasons.add(outcome.refused().orElseThrow().code());
        } else if (outcome.deliveries().stream()
                .anyMatch(planned -> planned.held().isPresent())) {
            end = End.HELD;
            outcome.findings().stream()
                    .filter(finding -> finding.startsWith("error "))
                    .map(finding -> finding.replaceFirst("error \\S+ ", "").replaceAll("\\[\\d+]", ""))
                    .forEach(reasons::add);
        }
        boolean exact = !outcome.deliveries().isEmpty()
                && outcome.deliveries().stream().allMatch(planned -> isPartOf(planned, original))
                && Arrays.equals(original, bytes);
        return new Result(entry, end, reasons, exact, hapi.read(original));
    }

    /** A message of a batch is a part of its file; any other one is the whole file. */
    private static boolean isPartOf(Planned planned, byte[] file) {
        return planned.asReceived()
                && (Arrays.equals(planned.payload(), file) || isBatch(file) && contains(file, planned.payload()));
    }

    private static boolean isBatch(byte[] file) {
        return BatchInput.isBatch(file);
    }

    private static boolean contains(byte[] file, byte[] part) {
        return new String(file, StandardCharsets.ISO_8859_1).contains(new String(part, StandardCharsets.ISO_8859_1));
    }
}
