package org.khokahano.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.corpus.Judged.Fate;
import org.khokahano.fault.Corpus;

/** The page on the public messages is true, and nothing in it is without a reason. */
@Tag("unit")
class CorpusReportTest {
    private static final Path PAGE = Path.of("..", "docs", "corpus.md");

    private static List<Judged> judged = List.of();

    @BeforeAll
    static void judge() throws IOException {
        Optional<Path> archive = Corpus.archive();
        assumeThat(archive)
                .as("skipped: the public corpus is not here; set KHOKA_CORPUS to its directory")
                .isPresent();
        judged = new CorpusRun(Path.of("src", "test", "resources", "config", "corpus")).judge(archive.orElseThrow());
    }

    @Test
    @DisplayName("R17 every rejection and every hold of a public message is one that somebody has justified")
    void shouldJustifyWhatIsNotAccepted() {
        assertThat(judged.stream()
                        .filter(each -> Justification.of(each).isEmpty())
                        .map(each -> each.file() + ": " + each.fate() + " " + each.reason()))
                .isEmpty();
    }

    @Test
    @DisplayName("R50 R52 what no step changes leaves byte for byte, past a mapping too")
    void shouldLeaveEveryByte() {
        assertThat(judged.stream()
                        .filter(each -> each.fate() != Fate.REJECTED && !each.exact())
                        .map(Judged::file))
                .isEmpty();
    }

    @Test
    void shouldHaveThePageUpToDate() throws IOException {
        String page = new CorpusReport(judged).page();
        if (Boolean.getBoolean("khoka.docs.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).as("run with -Dkhoka.docs.update=true").hasContent(page);
    }
}
