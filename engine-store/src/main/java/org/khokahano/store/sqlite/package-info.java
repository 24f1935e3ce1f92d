@NullMarked
package org.khokahano.store.sqlite;

import org.jspecify.annotations.NullMarked;
