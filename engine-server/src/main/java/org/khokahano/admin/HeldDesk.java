package org.khokahano.admin;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.khokahano.store.archive.StoredMessage;

/** What the engine does about held deliveries when it is asked, and by itself. */
public interface HeldDesk {

    /**
     * What came of planning held deliveries again.
     *
     * @param revision the configuration that planned them
     * @param messageIds the new messages that carry what was released
     * @param released how many deliveries are not held any more
     * @param stillHeld the others, with why
     */
    record Reprocessed(int revision, List<Long> messageIds, int released, List<StillHeld> stillHeld) {}

    /**
     * A delivery that stays held.
     *
     * @param delivery its id; 0 for a message that has none
     * @param why in words, without content
     */
    record StillHeld(long delivery, String destination, String why) {}

    /**
     * How far releasing by new rows in code tables has come.
     *
     * @param running whether it is at work now
     * @param revision the configuration that releases
     * @param released deliveries that it released, since the start of the engine or of that revision
     * @param stillHeld deliveries that have rows for their codes and stay held for another reason
     */
    record Progress(boolean running, int revision, long released, long stillHeld) {}

    /**
     * Plans the held deliveries of a message to these destinations again, by the configuration in force; the whole
     * message where it has no delivery.
     * Plans on the calling thread; completes once what came of it is durable.
     */
    CompletionStage<Reprocessed> reprocess(StoredMessage message, List<String> destinations, String by, String reason);

    /** Whether a code waits because several rows of its table fit, rather than none. */
    boolean severalFit(String table, String code, String system);

    /** How far releasing by new rows has come. */
    Progress progress();
}
