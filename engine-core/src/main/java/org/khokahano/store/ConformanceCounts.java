package org.khokahano.store;

import java.util.List;
import org.khokahano.validation.Severity;

/**
 * What validation counted of some seconds of traffic. Nothing in it is content of a message: facilities and
 * applications are what senders call themselves.
 *
 * @param day days since 1970-01-01, UTC, to which the counts are added
 */
public record ConformanceCounts(long day, List<Checked> checked, List<Found> found) {

    public ConformanceCounts {
        checked = List.copyOf(checked);
        found = List.copyOf(found);
    }

    /** What stands for all that is beyond a bound. */
    public static final String OTHER = "other";

    public boolean isEmpty() {
        return checked.isEmpty() && found.isEmpty();
    }

    /**
     * A sender at one place where its messages are validated.
     *
     * @param facility MSH-4.1, or where that is empty what the listener's configuration says
     * @param application MSH-3.1
     * @param stage {@code listener} or {@code route}
     * @param name the listener's or the route's name
     */
    public record Source(String facility, String application, String stage, String name) {}

    /**
     * Messages of a source.
     *
     * @param messages how many were validated
     * @param withFindings how many of them had findings
     * @param errors how many findings were errors; so the others
     */
    public record Checked(
            Source source, long messages, long withFindings, long errors, long warnings, long informations) {}

    /**
     * What findings have in common that are counted together.
     *
     * @param layer who set the rule: {@code hl7} or a profile
     * @param rule the rule's id
     * @param place where, without occurrences and repetitions: {@code PID-3.1}
     */
    public record Kind(String layer, String rule, Severity severity, String place) {}

    /**
     * Findings of a kind in messages of a source.
     *
     * @param messages in how many messages
     * @param findings how many in all
     * @param latest the latest of them
     */
    public record Found(Source source, Kind kind, long messages, long findings, Example latest) {}

    /**
     * One finding.
     *
     * @param atMillis wall time of receipt
     * @param place where exactly: {@code OBX[3]-5}
     * @param id the message's id, or that of what is in quarantine; 0 of a query, which is not kept
     * @param isQuarantined which of both
     * @param sentence the finding in words; no content
     */
    public record Example(long atMillis, String place, long id, boolean isQuarantined, String sentence) {}
}
