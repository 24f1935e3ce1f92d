package org.khokahano.config;

/**
 * How batches of messages are taken (R43-R45).
 *
 * @param answers which messages the answer speaks of
 * @param broken what becomes of a batch whose counts or grammar are wrong
 * @param unlabelled what becomes of several messages without a batch around them
 */
public record BatchConfig(BatchAnswers answers, BatchBroken broken, BatchUnlabelled unlabelled) {}
