package org.khokahano.admin;

import java.util.List;
import org.khokahano.revision.Revision;

/** What an operator may do about the configuration of the running engine. Methods block. */
public interface ConfigurationDesk {

    /**
     * What came of looking at a configuration, or of applying it.
     *
     * @param applied whether it is in force now
     * @param revision the number of the configuration in force
     * @param problems why it is refused, and warnings, each with its place
     * @param refused whether it cannot be applied
     * @param changes what it changes or would change, a sentence each
     * @param changing destinations whose lanes are still being exchanged
     * @param tookMillis how long the switch took, reading and checking included
     */
    record Outcome(
            boolean applied,
            int revision,
            boolean refused,
            List<String> problems,
            List<String> changes,
            List<String> changing,
            long tookMillis) {}

    /** What applying a directory would change. Changes nothing. */
    Outcome plan(String directory);

    /** Changes to what a directory holds now. */
    Outcome apply(String directory, String by);

    /** Changes back to an earlier revision, which becomes the latest under a new number. */
    Outcome applyRevision(int number, String by);

    /** The revisions that are kept, the latest first. */
    List<Revision> revisions();

    /** Destinations whose lanes are being exchanged since the latest change. */
    List<String> changing();

    /** The number of the one in force. */
    int current();
}
