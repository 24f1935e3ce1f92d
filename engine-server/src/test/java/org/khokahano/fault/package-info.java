/**
 * Faults tried on the whole engine: a real process on real sockets and files is killed, stopped and
 * starved, and the ledgers of the sender, the engine and the receiver are compared afterwards.
 */
@NullMarked
package org.khokahano.fault;

import org.jspecify.annotations.NullMarked;
