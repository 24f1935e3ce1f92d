/**
 * Values that a configuration is made of and that the JDK has no type for.
 */
@NullMarked
package org.khokahano.config.value;

import org.jspecify.annotations.NullMarked;
