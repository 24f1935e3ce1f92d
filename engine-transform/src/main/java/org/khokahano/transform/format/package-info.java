/** Formats that are not HL7 v2 in delimiters: how records become messages, and messages records. */
@NullMarked
package org.khokahano.transform.format;

import org.jspecify.annotations.NullMarked;
