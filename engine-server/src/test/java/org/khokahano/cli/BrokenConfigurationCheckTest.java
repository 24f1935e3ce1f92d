package org.khokahano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator breaks by hand: each ends with a place, words and advice, and never with a trace. */
@Tag("unit")
class BrokenConfigurationCheckTest {
    private static final Pattern PLACE = Pattern.compile("[^\\n]*\\.yaml:\\d+:\\d+: error: \\S.*");
    private static final String RELAY = "engine: relay\n"
            + "listeners:\n  in: {mllp: {port: 2575}}\n"
            + "destinations:\n  out: {mllp: {host: 127.0.0.1, port: 2576}}\n"
            + "routes:\n  all:\n    to: [out]\n";

    @TempDir
    private Path directory;

    static Stream<Arguments> texts() {
        return Stream.of(
                broken("sla: {latencyP95: 5s\n", "9:6:", "this '{' is not closed"),
                broken("sla: [a,\nlog: b\n", "9:6:", "this '[' is not closed"),
                broken("sla: {a: [1], b: \n", "9:6:", "this '{' is not closed"),
                broken("sla: {a: [\"}\", \n", "9:10:", "this '[' is not closed"),
                broken("sla: {a: ]}\n", "9:10:", "a value is missing before this"),
                broken("x: \"abc\n", "9:4:", "this quote is not closed"),
                broken("x: 'abc\ny: 1\n", "9:4:", "write ' where the text ends"),
                broken("x: \"abc\ny: \"def\"\n", "10:5:", "is a quote before it not closed"),
                broken("x: \"\\q\"\n", "9:6:", "no escape is written"),
                broken("sla: *nothing\n", "9:6:", "there is no anchor '&nothing'"),
                broken("sla: !!java.lang.Runtime {}\n", "9:6:", "a tag (!!) has no meaning"),
                broken("---\n" + RELAY, "9:1:", "a second document"),
                broken("log: @level\n", "9:6:", "put the value in quotes"),
                broken("k".repeat(5_000) + ": 1\n", "9:1:", "longer than 1024 characters"),
                broken("word\nlog: {level: info}\n", "9:1:", "no ':' follows it"),
                broken("sla: " + "[".repeat(500) + "]".repeat(500) + "\n", "1:1:", "deeper than 50 levels"),
                broken("? [a]\n: b\n", "9:3:", "a key must be plain text"),
                broken("engine: again\n", "9:1:", "a second time"),
                broken("sla: &a [*a]\n", "9:6:", "aliases nest"),
                destination("htp://lis:80/in", "did you mean 'http://lis:80/in'?"),
                destination("http://me@lis:80/in", "no user in it"),
                accepted("ADTT", "did you mean 'ADT'?"),
                accepted("ORU^R1", "did you mean 'ORU^R01'?"),
                broken("sla:\n", "9:5:", "there is no value"),
                broken("sla: {uptimee: 1}\n", "9:7:", "did you mean 'uptime'?"),
                broken("sla: {latencyP95: 5 parsecs}\n", "9:19:", "is not a duration"),
                broken("include: [engine.yaml]\n", "9:11:", "includes itself"),
                broken("include: [nope.yaml]\n", "9:11:", "there is no file"),
                broken("include: ['{a']\n", "9:11:", "Missing '}'\n"),
                broken("include: [../a.yaml]\n", "9:11:", "leads out of"),
                broken("x: \0\n", "9:4:", "U+0000"),
                when("msg.type = 'ADT'", "9:20:", "did you mean '=='?"),
                when("true and true", "9:16:", "did you mean '&&'?"),
                when(">\n      msg.type == 'ADT'\n      && msg.event = 'A01'", "11:20:", "did you mean '=='?"),
                when(">-\n      true\n      && (true\n\n      || tru)", "13:10:", "there is no 'tru'"),
                when("msg.type == 'ADT", "9:23:", "this quote is not closed"),
                when("true == ", "9:18:", "it ends too early"));
    }

    @ParameterizedTest(name = "{1} {2}")
    @MethodSource("texts")
    @DisplayName("Each mistake in a text is told with its place and what to do, and ends with 78")
    void shouldTellTheMistakeWithItsPlace(String text, String place, String words) throws IOException {
        Files.writeString(directory.resolve("engine.yaml"), text);

        assertThat(told()).contains("engine.yaml:" + place + " error: ").contains(words);
    }

    @Test
    @DisplayName("Of a misspelt section nothing follows: what refers to it is not told as well")
    void shouldTellAMisspeltSectionOnce() throws IOException {
        Files.writeString(
                directory.resolve("engine.yaml"),
                RELAY.replace("listeners:", "listners:").replace("to: [out]", "from: [in]\n    to: [out]"));

        assertThat(told()).contains("did you mean 'listeners'?", "1 error, ");
    }

    enum Wrong {
        PIPE("this is a pipe or a device") {
            @Override
            void make(Path file) throws Exception {
                assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                        .isZero();
            }
        },
        DIRECTORY("this is a directory") {
            @Override
            void make(Path file) throws IOException {
                Files.createDirectory(file);
            }
        },
        CIRCLE("a symbolic link that leads to no file") {
            @Override
            void make(Path file) throws IOException {
                Files.createSymbolicLink(file, file.getFileName());
            }
        },
        NOTHING("name the directory that engine.yaml lies in") {
            @Override
            void make(Path file) {}
        },
        LATIN1("the byte 0xE9 is not UTF-8") {
            @Override
            void make(Path file) throws IOException {
                Files.write(file, "# Mosés\n".getBytes(StandardCharsets.ISO_8859_1));
            }
        },
        UTF16("the byte 0xFE is not UTF-8") {
            @Override
            void make(Path file) throws IOException {
                Files.write(file, RELAY.getBytes(StandardCharsets.UTF_16));
            }
        },
        LARGE("larger than 1 MiB") {
            @Override
            void make(Path file) throws IOException {
                Files.writeString(file, RELAY + "#" + "x".repeat(1024 * 1024));
            }
        };

        private final String words;

        Wrong(String words) {
            this.words = words;
        }

        abstract void make(Path file) throws Exception;
    }

    @ParameterizedTest
    @MethodSource("wrongFiles")
    @Timeout(60)
    @DisplayName("What is no readable file is told as what it is, and never waited for")
    void shouldTellWhatTheFileIs(Wrong wrong) throws Exception {
        wrong.make(directory.resolve("engine.yaml"));

        assertThat(told()).contains("engine.yaml:1:").contains(wrong.words);
    }

    @ParameterizedTest
    @MethodSource("wrongIncludes")
    @Timeout(60)
    @DisplayName("An include that names no file is told as what it is")
    void shouldTellWhatAnIncludeIs(Wrong wrong, String words) throws Exception {
        wrong.make(directory.resolve("sub"));
        Files.writeString(directory.resolve("engine.yaml"), RELAY + "include: [sub]\n");

        assertThat(told()).contains("engine.yaml:9:11: error: ").contains(words);
    }

    static Stream<Wrong> wrongFiles() {
        return Stream.of(Wrong.values());
    }

    static Stream<Arguments> wrongIncludes() {
        return Stream.of(
                Arguments.of(Wrong.PIPE, "is a pipe or a device"),
                Arguments.of(Wrong.DIRECTORY, "write 'sub/*.yaml'"),
                Arguments.of(Wrong.CIRCLE, "a symbolic link that leads to no file"));
    }

    /** All that is printed; each error has a place and words, and the last line counts them. */
    private String told() {
        CommandRun check = CommandRun.of("check", directory);
        assertThat(check.exitCode()).isEqualTo(78);
        assertThat(check.err()).isEmpty();
        String out = check.out();
        List<String> errors =
                out.lines().filter(line -> line.contains(": error: ")).toList();
        assertThat(errors).isNotEmpty().allMatch(line -> PLACE.matcher(line).matches());
        assertThat(out)
                .contains(" = ")
                .containsPattern("\\d errors?, \\d+ warnings?")
                .doesNotContain("\tat ", "Exception", "expecting", "token recognition", "OK  ");
        return out;
    }

    private static Arguments broken(String appended, String place, String words) {
        return Arguments.of(RELAY + appended, place, words);
    }

    private static Arguments destination(String url, String words) {
        String text = RELAY.replace("routes:", "  web: {http: {url: " + url + "}}\nroutes:");
        return Arguments.of(text, "6:21:", words);
    }

    private static Arguments accepted(String type, String words) {
        return Arguments.of(RELAY.replace("2575}}", "2575}, accept: {types: [" + type + "]}}"), "3:45:", words);
    }

    private static Arguments when(String condition, String place, String words) {
        return broken("    when: " + condition + "\n", place, words);
    }
}
