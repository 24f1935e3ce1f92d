package org.khokahano.config;

/**
 * What is done after a kind of answer.
 *
 * @param action what is done in the end
 * @param tries how many tries with such an answer there are until then; 1 for at once
 */
public record AnswerRule(AnswerAction action, int tries) {}
