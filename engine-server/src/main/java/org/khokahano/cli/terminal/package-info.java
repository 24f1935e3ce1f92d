/**
 * What all commands share towards the person at the terminal: failures in one line, exit codes, progress.
 */
@NullMarked
package org.khokahano.cli.terminal;

import org.jspecify.annotations.NullMarked;
