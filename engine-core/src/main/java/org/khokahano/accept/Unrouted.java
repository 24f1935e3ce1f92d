package org.khokahano.accept;

import org.khokahano.store.NewDelivery;

/**
 * Where a message stands that no route takes and that is held: a delivery to no destination, so that it is
 * in the lists of operators with a reason, and kept until one decides.
 */
public final class Unrouted {

    /** No destination can have this name. */
    public static final String DESTINATION = "(no route)";

    private Unrouted() {}

    static NewDelivery held(String why) {
        return NewDelivery.asReceived(DESTINATION, 0).held(why);
    }
}
