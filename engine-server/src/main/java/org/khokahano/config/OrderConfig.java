package org.khokahano.config;

import java.util.Optional;

/**
 * What is delivered in order.
 *
 * @param key the path whose value decides the lane; empty if all go by one
 * @param lanes how many lanes there are; 1 without a key
 */
public record OrderConfig(Optional<String> key, int lanes) {}
