@NullMarked
package org.khokahano.mllp;

import org.jspecify.annotations.NullMarked;
