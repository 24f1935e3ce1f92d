/**
 * The port to validation: what is wrong with a message by the rules of HL7, of a profile, of a facility.
 * Validators run before the acknowledgement, on the receiving thread, within bounds of their own.
 */
@NullMarked
package org.khokahano.validation;

import org.jspecify.annotations.NullMarked;
