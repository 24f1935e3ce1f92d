/** Queries: what a listener asks one partner for while its sender waits. Nothing of them is stored. */
@NullMarked
package org.khokahano.query;

import org.jspecify.annotations.NullMarked;
