@NullMarked
package org.khokahano.message;

import org.jspecify.annotations.NullMarked;
