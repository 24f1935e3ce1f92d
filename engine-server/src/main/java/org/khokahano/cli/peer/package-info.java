/**
 * The other side of a connection, for people who try something out: a sender, a partner that
 * acknowledges as it is told, invented messages. Plain blocking sockets, one thread each: nothing here
 * is on the engine's path.
 */
@NullMarked
package org.khokahano.cli.peer;

import org.jspecify.annotations.NullMarked;
