/**
 * Where something is in the configuration and what is wrong with it. A problem names a file, a line
 * and a column, shows the line with a caret, and says what to do; it never shows a secret. Problems
 * are collected, so that one run tells all of them.
 */
@NullMarked
package org.khokahano.config.problem;

import org.jspecify.annotations.NullMarked;
