package org.khokahano.config;

import java.time.Duration;

/**
 * What the service promises.
 *
 * @param latencyP95 within which 95 % of the messages are delivered
 * @param queueDepthMean how many wait on average, at most
 * @param uptime the part of the time in which messages are accepted, in percent
 */
public record SlaConfig(Duration latencyP95, int queueDepthMean, double uptime) {}
