package org.khokahano.admin;

import java.util.List;
import org.khokahano.store.archive.StoredMessage;
import org.khokahano.validation.Finding;

/** What validation says of a message that is stored. */
public interface MessageFindings {

    /** Validates it again, as its listener does now. */
    Found of(StoredMessage message);

    /**
     * What was found.
     *
     * @param revision the configuration that it was validated by: the one in force
     * @param validated whether its listener validates at all, and its bytes are kept
     * @param more how many were found beside those that are listed
     */
    record Found(int revision, boolean validated, List<FindingView> findings, int more) {
        public Found {
            findings = List.copyOf(findings);
        }
    }

    /** One of them; nothing in it is content of the message. */
    record FindingView(String severity, String place, String rule, String layer, String sentence) {
        public static FindingView of(Finding finding) {
            return new FindingView(
                    finding.severity().name(),
                    finding.place().toString(),
                    finding.rule(),
                    finding.layer(),
                    finding.sentence());
        }
    }
}
