@NullMarked
package org.khokahano.server;

import org.jspecify.annotations.NullMarked;
