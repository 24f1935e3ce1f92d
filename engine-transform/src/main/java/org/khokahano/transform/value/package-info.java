/** What {@code as:} does with a text on its way from one field to another. Pure; no content in a failure. */
@NullMarked
package org.khokahano.transform.value;

import org.jspecify.annotations.NullMarked;
