/**
 * MLLP (HL7 v2 Transport: minimal lower layer protocol, release 1): frames, the listener and the sender.
 * Netty owns sockets and frames here, nothing else; what a frame means is decided elsewhere. Must emit
 * opened, closed and refused connections, and bytes that were skipped.
 */
@NullMarked
package org.khokahano.mllp;

import org.jspecify.annotations.NullMarked;
