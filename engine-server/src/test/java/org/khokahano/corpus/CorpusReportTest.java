package org.khokahano.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.corpus.CorpusRun.End;
import org.khokahano.corpus.CorpusRun.Result;
import org.khokahano.fault.Corpus;

@Tag("disk")
class CorpusReportTest {
    private static final Path PAGE = Path.of("..", "docs", "corpus.md");

    @Test
    @DisplayName("R12 R13 R32 R43 R50 R53 Public messages: accepted, held or rejected, each for a reason that is right")
    void shouldEqualWhatBecomesOfThePublicMessages() throws IOException {
        Optional<Path> archive = Corpus.archive();
        assumeTrue(archive.isPresent(), "skipped: the public corpus is not here; set KHOKA_CORPUS to its directory");
        List<Result> results = new CorpusRun().all(archive.orElseThrow());

        assertThat(results)
                .filteredOn(result -> result.end() != End.REJECTED)
                .as("whatever is stored goes out as it came")
                .allMatch(Result::exact);
        assertThat(results)
                .filteredOn(result -> result.end() != End.ACCEPTED)
                .as("nothing is turned away without a reason")
                .noneMatch(result -> result.reasons().isEmpty());

        String page = new CorpusReport(results).write();
        if (Boolean.getBoolean("khoka.docs.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .as("look at what changed, then run this test with -Dkhoka.docs.update=true")
                .exists()
                .hasContent(page);
    }
}
