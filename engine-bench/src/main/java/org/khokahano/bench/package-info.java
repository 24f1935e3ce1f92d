@NullMarked
package org.khokahano.bench;

import org.jspecify.annotations.NullMarked;
