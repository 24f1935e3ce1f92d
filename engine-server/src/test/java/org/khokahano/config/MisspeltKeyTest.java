package org.khokahano.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.khokahano.config.TestConfigurations.full;
import static org.khokahano.config.TestConfigurations.fullEnvironment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.config.problem.Problem;
import org.khokahano.config.read.EitherType;
import org.khokahano.config.read.ListType;
import org.khokahano.config.read.NamedType;
import org.khokahano.config.read.Section;
import org.khokahano.config.read.Type;

/** Misspells every key that can be written, one at a time, in a configuration in which all are. */
@Tag("unit")
class MisspeltKeyTest {
    private static final List<String> FILES = List.of(
            "engine.yaml",
            "listeners/ehr.yaml",
            "listeners/web.yaml",
            "listeners/files.yaml",
            "listeners/queries.yaml",
            "formats.yaml");
    private static final Pattern KEY =
            Pattern.compile("(?<=^|[{\\s,])([A-Za-z][A-Za-z0-9]*)(?=: |:$)", Pattern.MULTILINE);

    @Test
    @DisplayName("The configuration of this test has every key that is declared")
    void shouldCoverEveryDeclaredKey() throws IOException {
        Set<String> written = new TreeSet<>();
        for (String file : FILES) {
            Matcher matcher = KEY.matcher(Files.readString(full().resolve(file)));
            while (matcher.find()) {
                written.add(matcher.group());
            }
        }
        assertThat(written).containsAll(declaredKeys());
    }

    @Test
    @DisplayName("Each misspelt key is told at its place, with the key that was meant")
    void shouldSuggestTheKeyThatWasMeant(@TempDir Path directory) throws IOException {
        TestConfigurations.copy(full(), directory);
        Set<String> names = declaredKeys();
        int misspelt = 0;
        for (String file : FILES) {
            Path path = directory.resolve(file);
            String good = Files.readString(path);
            Matcher matcher = KEY.matcher(good);
            while (matcher.find()) {
                if (names.contains(matcher.group())) {
                    Files.writeString(path, good.substring(0, matcher.end()) + "x" + good.substring(matcher.end()));
                    checkOne(directory, file, good, matcher);
                    misspelt++;
                }
            }
            Files.writeString(path, good);
        }
        assertThat(misspelt).isGreaterThan(declaredKeys().size());
    }

    private static void checkOne(Path directory, String file, String good, Matcher key) {
        ConfigurationResult result = ConfigurationReader.read(directory, fullEnvironment());
        int line = (int) good.substring(0, key.start()).lines().count();
        int column = key.start() - good.lastIndexOf('\n', key.start() - 1);
        int expectedLine = column == 1 ? line + 1 : line;
        List<Problem> here = result.problems().stream()
                .filter(problem ->
                        problem.file().equals(file) && problem.line() == expectedLine && problem.column() == column)
                .toList();
        assertThat(result.config()).isEmpty();
        assertThat(here)
                .as("'%sx' at %s:%d:%d among %s", key.group(), file, expectedLine, column, result.problems())
                .anySatisfy(problem -> {
                    assertThat(problem.message()).startsWith("'" + key.group() + "x' is not a key of ");
                    assertThat(problem.hint()).isEqualTo("did you mean '" + key.group() + "'?");
                });
    }

    private static Set<String> declaredKeys() {
        Set<String> keys = new LinkedHashSet<>();
        collect(EngineDeclaration.ENGINE, keys);
        return keys;
    }

    private static void collect(Type<?> type, Set<String> keys) {
        Stream<Type<?>> inner = Stream.empty();
        if (type instanceof Section<?> section) {
            section.keys().forEach(key -> keys.add(key.name()));
            inner = section.keys().map(key -> key.type());
        } else if (type instanceof NamedType<?> named) {
            inner = Stream.of(named.element());
        } else if (type instanceof ListType<?> list) {
            inner = Stream.of(list.element());
        } else if (type instanceof EitherType<?> either) {
            inner = Stream.of(either.section());
        }
        inner.forEach(each -> collect(each, keys));
    }
}
