package org.khokahano.engine;

import org.khokahano.accept.ExchangeableIntake;
import org.khokahano.accept.Listener;
import org.khokahano.config.ListenerConfig;

/**
 * A listener with what it hands its input to.
 *
 * @param config what it was made by; what concerns its intake alone may have changed since
 */
record OpenListener(ListenerConfig config, ExchangeableIntake intake, Listener listener) {

    /** Whether its port and its connections can stay as they are under that configuration. */
    boolean fits(ListenerConfig next) {
        return config.transport().equals(next.transport()) && config.maxInFlight() == next.maxInFlight();
    }
}
