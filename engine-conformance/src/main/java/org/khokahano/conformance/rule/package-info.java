/**
 * Rules of all layers as one tree for a kind of message, and the one walk over a message that checks
 * them. A layer adds to the tree; what it adds under a name that an earlier layer used takes the
 * place of that. Once compiled, a tree is immutable and shared by all threads.
 */
@NullMarked
package org.khokahano.conformance.rule;

import org.jspecify.annotations.NullMarked;
