package org.khokahano.expression;

/**
 * Something wrong in a condition, found when it is compiled.
 *
 * @param line line within the expression, from 1
 * @param column column within that line, from 1, in characters
 * @param message what is wrong, in one sentence without a full stop
 * @param hint what to do about it; empty where the message says it
 */
public record ExpressionProblem(int line, int column, String message, String hint) {}
