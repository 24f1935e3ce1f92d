package org.khokahano.config;

/**
 * How batches of messages are taken (R43-R45).
 *
 * @param answers which messages the answer speaks of
 * @param broken what becomes of a batch whose counts or grammar are wrong
 */
public record BatchConfig(BatchAnswers answers, BatchBroken broken) {}
