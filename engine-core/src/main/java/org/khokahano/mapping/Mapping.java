package org.khokahano.mapping;

import org.khokahano.message.Message;
import org.khokahano.route.Origin;

/** Turns a message into what a partner wants. Safe for several threads; never blocks. */
public interface Mapping {

    /** Its name in the configuration. */
    String name();

    /**
     * Maps a message. Ends within the mapping's own limits of steps, time and size, and tells of every
     * failure in its outcome: it throws only where the engine has a bug.
     */
    MappingOutcome apply(Message message, Origin origin);
}
