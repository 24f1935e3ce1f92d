@NullMarked
package org.khokahano.http;

import org.jspecify.annotations.NullMarked;
