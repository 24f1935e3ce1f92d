package org.khokahano.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.khokahano.cases.CaseChecks;
import org.khokahano.cases.CaseResult;
import org.khokahano.cases.CaseRun;
import org.khokahano.cases.Coverage;
import org.khokahano.cases.CoverageReport.Area;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.cases.CaseFiles;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.yaml.Environment;
import org.khokahano.engine.Rehearsal;

/** The cases of config/national-hub in every build, as {@code khoka test} runs them. */
@Tag("unit")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HubCasesTest {
    private static final Path HUB = Path.of("..", "config", "national-hub");
    private static final Environment NOTHING_SET = name -> Optional.empty();
    private static final int LEAST_PERCENT = 95;
    private static final int LEAST_PERCENT_OF_ROWS = 90;

    private final EngineConfig config =
            ConfigurationReader.read(HUB, NOTHING_SET).config().orElseThrow();
    private final Coverage coverage = new Coverage(config);
    private List<CaseResult> results = List.of();

    @BeforeAll
    void runEveryCase() {
        Problems problems = new Problems();
        List<CaseFiles.Found> cases = new CaseFiles(HUB, NOTHING_SET, problems).read();
        new CaseChecks(HUB, config, problems).check(cases);
        assertThat(problems.toList()).isEmpty();
        Rehearsal rehearsal = new Rehearsal(config, coverage);
        coverage.expect(rehearsal.routes().routes());
        CaseRun run = new CaseRun(HUB, rehearsal, coverage, false);
        results = cases.stream().map(run::run).toList();
    }

    @Test
    void shouldPassEveryCase() {
        assertThat(results).hasSizeGreaterThan(30);
        assertThat(results.stream().filter(result -> !result.passed())).isEmpty();
    }

    @Test
    void shouldCoverRoutesConditionsAndSteps() {
        assertThat(coverage.report().percent())
                .as(missed(coverage.report().areas().stream().filter(Area::counted)))
                .isGreaterThanOrEqualTo(LEAST_PERCENT);
    }

    @Test
    void shouldCoverTheRowsOfEachTable() {
        List<Area> tables = coverage.report().areas().stream()
                .filter(area -> !area.counted())
                .toList();

        assertThat(tables)
                .isNotEmpty()
                .allSatisfy(table -> assertThat(table.percent())
                        .as(missed(Stream.of(table)))
                        .isGreaterThanOrEqualTo(LEAST_PERCENT_OF_ROWS));
    }

    private static String missed(Stream<Area> areas) {
        return areas.map(area -> area.name() + ": " + area.missed()).toList().toString();
    }
}
