package org.khokahano.cli.peer;

import java.time.Duration;
import org.khokahano.config.value.HostPort;
import org.khokahano.message.Message;

/**
 * How a sink behaves.
 *
 * @param listen where; port 0 for a free one
 * @param delay how long each answer takes
 * @param plan what each message is answered
 */
public record SinkSettings(HostPort listen, Duration delay, Plan plan) {

    /** Decides each answer. Called by several threads. */
    @FunctionalInterface
    public interface Plan {
        /** @param number the message's number, from 1 */
        SinkAnswer answer(Message message, long number);
    }
}
