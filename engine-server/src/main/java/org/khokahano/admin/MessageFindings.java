package org.khokahano.admin;

import java.util.List;
import org.khokahano.validation.Finding;
import org.khokahano.validation.Judgement;

/**
 * What validation says of a message that is stored, at its listener and at each route that would take it,
 * and what mappings dropped of it. Neither is stored: it goes through the configuration again.
 *
 * @param revision number of the configuration that the message was planned by; 0 where none was kept
 * @param validatedBy number of the configuration that it is validated by now: the same, or the one in force
 *     where that is not kept any more
 * @param note why the two differ, or why it is not validated; empty where there is nothing to say
 * @param validated whether its listener or one of its routes validates, and its bytes are kept
 * @param more how many were found beside those that are listed
 * @param dropped for each mapping that let messages of it not go out, how many, and why the first; no content
 */
public record MessageFindings(
        int revision,
        int validatedBy,
        String note,
        boolean validated,
        List<FindingView> findings,
        int more,
        List<String> dropped) {

    public MessageFindings {
        findings = List.copyOf(findings);
        dropped = List.copyOf(dropped);
    }

    /**
     * One of them; nothing in it is content of the message.
     *
     * @param stage {@code listener} or {@code route}
     * @param name the listener's or the route's name
     */
    public record FindingView(
            String stage, String name, String severity, String place, String rule, String layer, String sentence) {
        public static FindingView of(Judgement judgement, Finding finding) {
            return new FindingView(
                    judgement.stage().word(),
                    judgement.name(),
                    finding.severity().name(),
                    finding.place().toString(),
                    finding.rule(),
                    finding.layer(),
                    finding.sentence());
        }
    }

    /** What cannot be validated again. */
    public static MessageFindings none(int revision, String note) {
        return new MessageFindings(revision, 0, note, false, List.of(), 0, List.of());
    }
}
