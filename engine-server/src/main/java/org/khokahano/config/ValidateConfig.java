package org.khokahano.config;

/**
 * By what a listener's or a route's messages are validated, and what is done then.
 *
 * @param with a set of rules
 */
public record ValidateConfig(String with, OnFinding onError, OnFinding onWarning, OnFinding onInformation) {}
