package org.khokahano.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.khokahano.cases.CaseResult.Failure;
import org.khokahano.config.cases.CaseConfig;
import org.khokahano.config.cases.CaseFiles;
import org.khokahano.config.read.Placed;
import org.khokahano.engine.Rehearsal;
import org.khokahano.engine.RehearsedMessage;
import org.khokahano.engine.RehearsedMessage.Planned;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.message.definition.Hl7Definitions;

/** Runs cases one after the other. */
public final class CaseRun {
    private final Path directory;
    private final Rehearsal rehearsal;
    private final Coverage coverage;
    private final boolean update;
    private final Hl7Definitions definitions = new Hl7Definitions();

    /**
     * @param directory the configuration's
     * @param coverage told of what is reached; the observer of the rehearsal too
     * @param update whether files that hold something else than what goes out are written anew
     */
    public CaseRun(Path directory, Rehearsal rehearsal, Coverage coverage, boolean update) {
        this.directory = directory;
        this.rehearsal = rehearsal;
        this.coverage = coverage;
        this.update = update;
    }

    /** Runs one case, which was checked before. */
    public CaseResult run(CaseFiles.Found found) {
        long began = System.nanoTime();
        Checked checked = new Checked(found);
        try {
            checked.check();
        } catch (IOException e) {
            checked.failures.add(Failure.of("a file cannot be read or written: " + e.getMessage()));
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        return new CaseResult(found.file(), found.config().name(), checked.failures, checked.updated, took);
    }

    /** The file that a case names, relative to its own place. */
    static Path resolve(Path directory, String caseFile, String name) {
        return directory.resolve(caseFile).resolveSibling(name).normalize();
    }

    private final class Checked {
        private final CaseFiles.Found found;
        private final CaseConfig config;
        private final List<Failure> failures = new ArrayList<>();
        private final List<String> updated = new ArrayList<>();

        Checked(CaseFiles.Found found) {
            this.found = found;
            this.config = found.config();
        }

        void check() throws IOException {
            byte[] message = CaseText.of(directory, found);
            Optional<byte[]> answer = CaseText.answer(directory, found);
            RehearsedMessage outcome = rehearsal.receive(config.listener().value(), message, config.received(), answer);
            coverage.saw(outcome);
            checkAnswer(outcome);
            checkAnswerText(outcome, answer);
            checkFindings(outcome);
            Set<String> names =
                    new LinkedHashSet<>(config.expect().destinations().keySet());
            names.addAll(config.expect().held().keySet());
            outcome.deliveries().forEach(planned -> names.add(planned.destination()));
            for (String name : names) {
                checkDestination(name, outcome);
            }
        }

        private void checkAnswer(RehearsedMessage outcome) {
            Optional<String> expected = config.expect().reject();
            String refused =
                    outcome.refused().map(RehearsedMessage.Refused::code).orElse("");
            if (!expected.orElse("").equals(refused)) {
                String detail = outcome.refused()
                        .map(why -> "the message is not taken: " + why.code() + ", " + why.detail())
                        .orElse("the message is taken");
                failures.add(Failure.of(
                        detail + expected.map(code -> "; expected: " + code).orElse("")));
            }
            config.expect().ack().ifPresent(code -> {
                String given = outcome.answers().isEmpty()
                        ? "none"
                        : acknowledgementCode(outcome.answers().get(0));
                if (!code.equals(given)) {
                    failures.add(Failure.of("the sender gets " + given + ", expected: " + code));
                }
            });
        }

        private void checkFindings(RehearsedMessage outcome) {
            config.expect().findings().ifPresent(expected -> {
                if (!Set.copyOf(expected).equals(Set.copyOf(outcome.findings()))) {
                    failures.add(
                            Failure.of("findings: " + listed(outcome.findings()) + ", expected: " + listed(expected)));
                }
            });
        }

        private void checkDestination(String name, RehearsedMessage outcome) throws IOException {
            List<Planned> planned = outcome.deliveries().stream()
                    .filter(each -> each.destination().equals(name))
                    .toList();
            List<Planned> held =
                    planned.stream().filter(each -> each.held().isPresent()).toList();
            List<Planned> sent =
                    planned.stream().filter(each -> each.held().isEmpty()).toList();
            checkHeld(name, held);
            List<Placed<String>> expected = config.expect().destinations().getOrDefault(name, List.of());
            if (expected.size() != sent.size()) {
                String why = planned.isEmpty() ? why(name, outcome) : "";
                failures.add(Failure.of(name + " gets " + counted(sent.size()) + ", expected: "
                        + (expected.isEmpty() ? "none" : counted(expected.size())) + why));
                return;
            }
            for (int index = 0; index < sent.size(); index++) {
                checkMessage(name, index, expected.get(index).value(), sent.get(index));
            }
        }

        private void checkHeld(String name, List<Planned> held) {
            Placed<String> expected = config.expect().held().get(name);
            if (expected == null) {
                held.forEach(each -> failures.add(Failure.of(
                        name + ": the delivery is held: " + each.held().orElse(""))));
            } else if (held.isEmpty()) {
                failures.add(Failure.of(name + ": nothing is held, expected: " + expected.value()));
            } else if (held.stream().noneMatch(each -> each.held().orElse("").contains(expected.value()))) {
                failures.add(Failure.of(name + ": the delivery is held: "
                        + held.get(0).held().orElse("") + "; expected: " + expected.value()));
            }
        }

        /** What the asker gets, where the case says it. */
        private void checkAnswerText(RehearsedMessage outcome, Optional<byte[]> answer) throws IOException {
            Placed<String> expected = config.expect().answer().orElse(null);
            if (expected == null) {
                return;
            }
            if (outcome.answers().isEmpty()) {
                failures.add(Failure.of("the sender gets no answer"));
                return;
            }
            byte[] given = outcome.answers().get(0);
            boolean same = answer.isPresent() && Arrays.equals(answer.get(), given);
            checkContent("the sender's answer", expected.value(), given, same);
        }

        private void checkMessage(String name, int index, String expected, Planned sent) throws IOException {
            checkContent(name + ", message " + (index + 1), expected, sent.payload(), sent.asReceived());
        }

        private void checkContent(String which, String expected, byte[] content, boolean asReceived)
                throws IOException {
            if (expected.equals(CaseConfig.AS_RECEIVED)) {
                if (!asReceived) {
                    failures.add(Failure.of(which + ": it is changed, expected: as it was received"));
                }
                return;
            }
            Path file = file(expected);
            if (!Files.isRegularFile(file)) {
                if (update) {
                    write(file, content);
                } else {
                    failures.add(Failure.of(which + ": there is no file " + shown(file) + " (--update writes it)"));
                }
                return;
            }
            MessageDifference.Result compared = MessageDifference.between(
                    CaseText.read(file), content, new IgnoredPlaces(config.ignore()), definitions);
            if (!compared.writtenAlike() && update) {
                write(file, content);
            } else if (!compared.places().isEmpty()) {
                failures.add(new Failure(which + " differs from " + shown(file), compared.places()));
            }
        }

        private void write(Path file, byte[] content) throws IOException {
            CaseText.write(file, content);
            updated.add(shown(file));
        }

        private Path file(String name) {
            return resolve(directory, found.file(), name);
        }
    }

    /** Why no route leads there, as far as routes would. */
    private String why(String destination, RehearsedMessage outcome) {
        Set<String> leading = rehearsal.routes().routes().stream()
                .filter(route -> route.to().stream().anyMatch(to -> to.name().equals(destination)))
                .map(route -> route.name())
                .collect(Collectors.toSet());
        return outcome.routes().stream()
                .filter(trace -> leading.contains(trace.route()))
                .map(trace -> "; route " + trace.route() + ": " + trace.why())
                .collect(Collectors.joining());
    }

    private String shown(Path file) {
        Path whole = directory.normalize();
        return file.startsWith(whole) ? whole.relativize(file).toString() : file.toString();
    }

    private static String acknowledgementCode(byte[] answer) {
        try {
            return Message.read(answer).get(MessagePath.of("MSA-1"));
        } catch (UnreadableMessageException e) {
            return "what is no message";
        }
    }

    private static String counted(int messages) {
        return messages == 0 ? "nothing" : messages + (messages == 1 ? " message" : " messages");
    }

    private static String listed(List<String> words) {
        return words.isEmpty() ? "none" : String.join(", ", words);
    }
}
