package org.khokahano.store.sqlite;

import java.nio.file.Path;
import java.util.List;

/**
 * What verification saw.
 *
 * @param file the file that was read
 * @param findings what is wrong or worth knowing, at most {@link StoreVerifier#MAX_FINDINGS}
 * @param furtherFindings how many more there were
 * @param messages messages whose row was read
 * @param bodies bodies whose checksum was compared
 * @param deliveries deliveries whose message was looked up
 * @param prunedBodies messages whose bytes are gone and are needed by no delivery
 */
public record StoreReport(
        Path file,
        List<StoreFinding> findings,
        long furtherFindings,
        long messages,
        long bodies,
        long deliveries,
        long prunedBodies) {

    /** The same of a file that has got its name since. */
    StoreReport of(Path renamed) {
        return new StoreReport(renamed, findings, furtherFindings, messages, bodies, deliveries, prunedBodies);
    }

    /** Whether nothing is damaged. */
    public boolean isSound() {
        return findings.stream().noneMatch(finding -> finding.severity() == StoreFinding.Severity.DAMAGE);
    }
}
