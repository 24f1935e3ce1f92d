@NullMarked
package org.khokahano.route;

import org.jspecify.annotations.NullMarked;
