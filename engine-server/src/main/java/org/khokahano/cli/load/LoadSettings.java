package org.khokahano.cli.load;

import java.time.Duration;
import org.khokahano.config.value.HostPort;

/**
 * What to send.
 *
 * @param ratePerSecond messages a second over all connections on a fixed schedule; 0 for as fast as
 *     the answers come
 * @param connections connections, each with one message outstanding
 * @param messages how many at most
 * @param longest after which time to send no more
 * @param sizeBytes the least size of a message
 * @param timeout how long to wait for a connection and for each answer
 */
public record LoadSettings(
        HostPort to,
        double ratePerSecond,
        int connections,
        long messages,
        Duration longest,
        int sizeBytes,
        Duration timeout) {}
