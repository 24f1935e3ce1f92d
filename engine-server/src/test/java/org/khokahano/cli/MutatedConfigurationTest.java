package org.khokahano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Changes one place of a good configuration after the other, and asks {@code khoka check}. More rounds:
 * {@code -Dkhoka.mutation.rounds=5000}; all outcomes are listed with
 * {@code -Dkhoka.mutation.list=FILE}, to be judged by eye.
 */
@Tag("unit")
class MutatedConfigurationTest {
    private static final int ROUNDS = Integer.getInteger("khoka.mutation.rounds", 12);
    private static final long SEED = Long.getLong("khoka.mutation.seed", 20261123);
    private static final Pattern PLACE = Pattern.compile(".*\\.\\w+:[1-9]\\d*:[1-9]\\d*: (?:error|warning): \\S.*");
    private static final Pattern CASE_DIRECTORY = Pattern.compile("/cases/");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    @Timeout(600)
    @DisplayName("Every mutation ends with 0 or 78, each problem with its place, and none with a trace")
    void shouldTellEachProblemWithItsPlace(ConfigurationMutation mutation) throws IOException, URISyntaxException {
        List<Path> originals = originals();
        List<String> outcomes = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(SEED + 31L * round + mutation.ordinal());
            Path place = directory.resolve("round-" + round);
            copy(originals.get(round % originals.size()), place);
            List<Path> files = files(place);
            Path file = files.get(random.nextInt(files.size()));
            String before = Files.readString(file);
            mutation.make(file, random);

            CommandRun check = CommandRun.of("check", place);

            String what = mutation + " of " + place.relativize(file) + ", round " + round + ", seed " + SEED;
            judge(what, check);
            if (check.exitCode() == 0 && Files.exists(file)) {
                outcomes.add(what + "\n" + difference(before, Files.readString(file)) + check.out());
            } else {
                outcomes.add("REFUSED " + what + "\n" + check.out());
            }
        }
        list(outcomes);
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(600)
    @DisplayName("The same for the steps of mappings")
    void shouldTellEachProblemOfAStep(ConfigurationMutation mutation) throws IOException {
        List<String> outcomes = new ArrayList<>();
        for (int round = 0; round < Math.max(1, ROUNDS / 6); round++) {
            Random random = new Random(SEED + 37L * round + mutation.ordinal());
            Path place = directory.resolve("steps-" + round);
            copy(Path.of("..", "config", "national-hub"), place);
            List<Path> mappings = files(place).stream()
                    .filter(file -> file.startsWith(place.resolve("mappings")))
                    .toList();
            Path file = mappings.get(random.nextInt(mappings.size()));
            mutation.make(file, random);

            CommandRun check = CommandRun.of("check", place);

            String what = mutation + " of " + place.relativize(file) + ", round " + round + ", seed " + SEED;
            judge(what, check);
            outcomes.add(what + "\n" + check.out());
        }
        list(outcomes);
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(600)
    @DisplayName("A mutated case fails or is refused with its place, and none ends with a trace")
    void shouldTellEachProblemOfACase(ConfigurationMutation mutation) throws IOException {
        List<String> outcomes = new ArrayList<>();
        for (int round = 0; round < Math.max(1, ROUNDS / 4); round++) {
            Random random = new Random(SEED + 41L * round + mutation.ordinal());
            Path place = directory.resolve("case-" + round);
            copy(Path.of("..", "config", "relay"), place);
            List<Path> cases = cases(place);
            Path file = cases.get(random.nextInt(cases.size()));
            mutation.make(file, random);

            CommandRun test = CommandRun.of("test", place);

            String what = mutation + " of " + place.relativize(file) + ", round " + round + ", seed " + SEED;
            assertThat(test.exitCode()).as(what).isIn(0, 1, 78);
            assertThat(test.out() + test.err()).as(what).doesNotContain("\tat ", "Exception", "java.");
            if (test.exitCode() == 78) {
                judgeLines(what, test.out() + test.err());
            }
            outcomes.add(what + "\n" + test.out() + test.err());
        }
        list(outcomes);
    }

    private static List<Path> cases(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place.resolve("cases"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    @DisplayName("A byte order mark and lines that end in CRLF change nothing")
    void shouldTakeWhatEditorsOfWindowsSave() throws IOException, URISyntaxException {
        for (Path original : new LinkedHashSet<>(originals())) {
            Path place = directory.resolve("windows-" + original.getFileName());
            copy(original, place);
            for (Path file : files(place)) {
                Files.writeString(file, "\uFEFF" + Files.readString(file).replace("\n", "\r\n"));
            }

            CommandRun check = CommandRun.of("check", place);

            assertThat(check.out()).doesNotContain("error:").contains("OK  ");
            assertThat(check.exitCode()).isZero();
        }
    }

    private static void judge(String what, CommandRun check) {
        assertThat(check.err()).as(what).isEmpty();
        assertThat(check.exitCode()).as(what).isIn(0, 78);
        assertThat(check.out())
                .as(what)
                .doesNotContain("\tat ", "Exception", "java.", "null")
                .satisfies(out -> assertThat(out.contains(": error: ")).isEqualTo(check.exitCode() == 78));
        judgeLines(what, check.out());
    }

    private static void judgeLines(String what, String out) {
        List<String> lines = out.lines().toList();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            if (line.contains(": error: ") || line.contains(": warning: ")) {
                assertThat(line).as(what).matches(PLACE);
            }
            if (line.matches("\\s+\\| \\s*\\^")) {
                assertThat(line.length())
                        .as("%s: the caret below '%s'", what, lines.get(index - 1))
                        .isLessThanOrEqualTo(lines.get(index - 1).length() + 1);
            }
        }
    }

    /** The shipped ones, and the one that has every key. */
    private static List<Path> originals() throws URISyntaxException {
        Path full = Path.of(Objects.requireNonNull(
                        MutatedConfigurationTest.class.getClassLoader().getResource("config/full"))
                .toURI());
        return List.of(full, Path.of("..", "config", "national-hub"), full, Path.of("..", "config", "relay"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (file.toString().endsWith(".yaml")) {
                    Files.writeString(target, Files.readString(file).replace("${env:WEB_TOKEN}", "invented"));
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static List<Path> files(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(file -> file.toString().matches(".*\\.(yaml|csv)"))
                    .filter(file -> !CASE_DIRECTORY.matcher(file.toString()).find())
                    .sorted()
                    .toList();
        }
    }

    private static String difference(String before, String after) {
        List<String> old = before.lines().toList();
        List<String> made = after.lines().toList();
        StringBuilder shown = new StringBuilder();
        old.stream().filter(line -> !made.contains(line)).limit(3).forEach(line -> shown.append("- " + line + "\n"));
        made.stream().filter(line -> !old.contains(line)).limit(3).forEach(line -> shown.append("+ " + line + "\n"));
        return shown.toString();
    }

    private static void list(List<String> outcomes) throws IOException {
        String file = System.getProperty("khoka.mutation.list", "");
        if (!file.isEmpty()) {
            Files.writeString(
                    Path.of(file),
                    String.join("\n", outcomes) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }
}
