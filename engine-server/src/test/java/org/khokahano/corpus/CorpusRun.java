package org.khokahano.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.khokahano.cases.Coverage;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.EngineConfig;
import org.khokahano.corpus.Judged.Fate;
import org.khokahano.engine.Rehearsal;
import org.khokahano.engine.RehearsedMessage;
import org.khokahano.engine.RehearsedMessage.Planned;
import org.khokahano.fault.Corpus;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.message.batch.BatchInput;

/** Takes every public message through acceptance, validation, routes and a mapping. */
final class CorpusRun {
    private static final long RECEIVED_MILLIS = 1_793_000_000_000L;
    private static final Pattern FILE = Pattern.compile("messages/(.+)-[0-9]+\\.hl7");
    private static final Pattern INVALID = Pattern.compile("invalid: (.+?): .*\\(rule (\\S+) of .*");

    private final Rehearsal rehearsal;

    CorpusRun(Path configuration) {
        EngineConfig config = ConfigurationReader.read(configuration, name -> Optional.empty())
                .config()
                .orElseThrow();
        this.rehearsal = new Rehearsal(config, new Coverage(config));
    }

    List<Judged> judge(Path archive) throws IOException {
        List<Judged> judged = new ArrayList<>();
        for (Map.Entry<String, byte[]> each : Corpus.messages(archive).entrySet()) {
            for (byte[] message : messages(each.getValue())) {
                judged.add(judge(each.getKey(), message));
            }
        }
        return judged;
    }

    /** The messages of a batch that is whole; or the input itself. */
    private static List<byte[]> messages(byte[] bytes) {
        if (!BatchInput.begins(bytes)) {
            return List.of(bytes);
        }
        BatchInput batch = BatchInput.read(bytes);
        return batch.problems().isEmpty()
                ? batch.batches().stream()
                        .flatMap(each -> each.messages().stream())
                        .toList()
                : List.of(bytes);
    }

    private Judged judge(String file, byte[] bytes) {
        RehearsedMessage outcome = rehearsal.receive("in", bytes, RECEIVED_MILLIS);
        Fate fate = Fate.ACCEPTED;
        String reason = "";
        String place = "";
        Optional<String> held = outcome.deliveries().stream()
                .flatMap(each -> each.held().stream())
                .findFirst();
        if (outcome.refused().isPresent()) {
            fate = Fate.REJECTED;
            reason = outcome.refused().get().code();
        } else if (held.isPresent()) {
            fate = Fate.HELD;
            Matcher invalid = INVALID.matcher(held.get());
            boolean matched = invalid.matches();
            reason = matched ? invalid.group(2) : held.get();
            place = matched ? place(invalid.group(1)) : "";
        }
        return new Judged(
                file, source(file), type(bytes), fate, reason, place, isExact(outcome, bytes), HapiVerdict.of(bytes));
    }

    private static boolean isExact(RehearsedMessage outcome, byte[] bytes) {
        List<Planned> out = outcome.deliveries();
        return out.size() == 2 && out.stream().allMatch(each -> Arrays.equals(each.payload(), bytes));
    }

    /** Without the numbers of segments and repetitions. */
    private static String place(String exact) {
        return exact.equals("the message") ? "" : exact.replaceAll("\\[[0-9]+]", "");
    }

    private static String source(String file) {
        Matcher name = FILE.matcher(file);
        return name.matches() ? name.group(1) : file;
    }

    private static String type(byte[] bytes) {
        if (BatchInput.begins(bytes)) {
            return "(batch)";
        }
        try {
            var header = Message.read(bytes).header();
            String type = header.messageCode() + (header.triggerEvent().isEmpty() ? "" : "^" + header.triggerEvent());
            return type.isEmpty() ? "(none)" : type;
        } catch (UnreadableMessageException e) {
            return "(unreadable)";
        }
    }
}
