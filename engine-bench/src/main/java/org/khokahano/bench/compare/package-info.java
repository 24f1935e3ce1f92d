/**
 * Starts the engine and its peers as processes, puts the same load on each, reads their cost from
 * the operating system and reports them side by side. Every started process is ended here.
 */
@NullMarked
package org.khokahano.bench.compare;

import org.jspecify.annotations.NullMarked;
