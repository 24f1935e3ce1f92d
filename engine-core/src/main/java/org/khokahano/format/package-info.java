/**
 * The port to formats that are not HL7 v2 in delimiters: what a listener receives becomes messages,
 * and what a destination gets is made of one.
 */
@NullMarked
package org.khokahano.format;

import org.jspecify.annotations.NullMarked;
