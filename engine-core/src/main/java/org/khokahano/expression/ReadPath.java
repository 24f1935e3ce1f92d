package org.khokahano.expression;

import org.khokahano.message.MessagePath;

/**
 * A path that is written out in an expression.
 *
 * @param path the path
 * @param line line within the expression, from 1
 * @param column column of its first character within that line, from 1
 */
public record ReadPath(MessagePath path, int line, int column) {}
