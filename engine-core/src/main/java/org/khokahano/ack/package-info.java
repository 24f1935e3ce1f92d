/**
 * Acknowledgements: which code and whether, by HL7 v2.9.1 chapter 2, sections 2.8.2 and 2.8.3, and the
 * bytes of the ACK.
 */
@NullMarked
package org.khokahano.ack;

import org.jspecify.annotations.NullMarked;
