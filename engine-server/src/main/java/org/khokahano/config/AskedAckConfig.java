package org.khokahano.config;

import java.time.Duration;

/**
 * How a destination asks for application acknowledgements (R21, R22).
 *
 * @param ask MSH-16
 * @param within how long one may take
 * @param timeout what becomes of a delivery for which none came
 */
public record AskedAckConfig(
        AskedAck ask, Duration within, AwaitedAction aa, AwaitedAction ae, AwaitedAction ar, AwaitedAction timeout) {}
