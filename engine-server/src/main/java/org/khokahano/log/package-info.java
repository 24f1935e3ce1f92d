/**
 * The engine's log: how it looks, and what of the engine's events is written to it. Nothing is written
 * for each message that goes its way. WARN means that something is odd and nothing is lost, ERROR that
 * data or an operator is at stake. No line carries message content.
 */
@NullMarked
package org.khokahano.log;

import org.jspecify.annotations.NullMarked;
