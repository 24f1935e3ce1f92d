package org.khokahano.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.conformance.rule.RuleSet;
import org.khokahano.conformance.standard.Hl7Tables;
import org.khokahano.conformance.standard.StandardLayer;
import org.khokahano.conformance.standard.StandardLevels;
import org.khokahano.fault.Corpus;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.message.definition.Hl7Definitions;
import org.khokahano.route.Origin;
import org.khokahano.validation.Finding;
import org.khokahano.validation.Findings;
import org.khokahano.validation.Severity;

/** All public messages against the standard: nothing breaks the validator, and it ends. */
@Tag("unit")
class ValidationCorpusTest {

    @Test
    void shouldValidateEveryMessageInBoundedTime() throws IOException {
        Optional<Path> archive = Corpus.archive();
        assumeThat(archive).as("the public corpus").isPresent();
        StandardLevels levels = new StandardLevels(Severity.ERROR, Severity.ERROR, Severity.ERROR, Severity.ERROR);
        RuleSet rules = new RuleSet(
                "standard", List.of(new StandardLayer(new Hl7Definitions(), levels, Hl7Tables.shipped(), Map.of())));
        Origin origin = new Origin("in", "", 0);
        Map<String, Integer> byRule = new TreeMap<>();
        List<String> lines = new ArrayList<>();
        int read = 0;
        int withErrors = 0;
        for (Map.Entry<String, byte[]> each :
                Corpus.messages(archive.orElseThrow()).entrySet()) {
            Message message;
            try {
                message = Message.read(each.getValue());
            } catch (UnreadableMessageException refused) {
                continue;
            }
            read++;
            Findings findings = new Findings(100, 100_000);
            long before = System.nanoTime();
            rules.validate(message, origin, findings);
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .as(each.getKey())
                    .isLessThan(Duration.ofSeconds(20));
            withErrors += findings.count(Severity.ERROR) > 0 ? 1 : 0;
            for (Finding finding : findings.list()) {
                byRule.merge(finding.severity() + " " + finding.rule(), 1, Integer::sum);
                lines.add(each.getKey()
                        + '\t'
                        + message.header().version()
                        + '\t'
                        + message.structure()
                        + '\t'
                        + finding.severity()
                        + '\t'
                        + finding.rule()
                        + '\t'
                        + finding.place()
                        + '\t'
                        + finding.sentence());
            }
        }
        Path report = Path.of("target", "validation-corpus.tsv");
        Files.createDirectories(report.toAbsolutePath().getParent());
        lines.add(0, read + " messages, " + withErrors + " with errors: " + byRule);
        Files.write(report, lines);
        assertThat(read).isGreaterThan(1_000);
        // Real senders break the standard often; fewer would mean that nothing is checked, more that too much is.
        assertThat(withErrors).isBetween(read / 20, read * 4 / 5);
    }
}
