package org.khokahano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the distribution's archive takes of the sources, by its descriptor. */
@Tag("unit")
class ArchiveTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern INCLUDE = Pattern.compile("<include>([^<]+)</include>");
    private static final Pattern FILE = Pattern.compile("<source>../([^<]+)</source>\\s*<outputDirectory>\\.</");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
    private static final Pattern ARGUMENT = Pattern.compile("(?<=\\s)(?:config|docs)/[^\\s`]+");

    @Test
    void shouldHoldWhateverItsReadmeLinksToAndItsCommandsName() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        String descriptor = Files.readString(Path.of("src/main/assembly/archive.xml"));
        List<String> taken = new ArrayList<>(all(INCLUDE, descriptor));
        taken.addAll(all(FILE, descriptor));
        taken.add("config/**");
        List<String> named = new ArrayList<>(all(LINK, readme));
        readme.lines().filter(line -> line.contains("./khoka ")).forEach(line -> {
            named.add("khoka");
            ARGUMENT.matcher(line).results().forEach(found -> named.add(found.group()));
        });

        assertThat(named).contains("docs/khokahano.service", "docs/admission.hl7", "config/relay", "khoka");
        assertThat(named)
                .filteredOn(path -> !path.equals("config/national-hub/profiles"))
                .allSatisfy(path -> {
                    assertThat(ROOT.resolve(path)).exists();
                    assertThat(taken).as(path).anyMatch(pattern -> matches(pattern, path));
                });
    }

    private static boolean matches(String pattern, String path) {
        return FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(path));
    }

    private static List<String> all(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
