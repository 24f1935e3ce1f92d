package org.khokahano.config;

import java.time.Duration;

/**
 * How messages are gathered into batches (R43, R44).
 *
 * @param messages how many go together at most
 * @param longestWait how long the first of them waits for others
 * @param sizeBytes a batch that has reached this goes
 * @param file whether FHS and FTS stand around it
 * @param answers which messages the partner's answer speaks of
 */
public record GatherConfig(int messages, Duration longestWait, long sizeBytes, boolean file, BatchAnswers answers) {}
