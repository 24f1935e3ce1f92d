/** Validators: layers of rules that a listener or a route asks for, from the standard to a facility. */
@NullMarked
package org.khokahano.conformance;

import org.jspecify.annotations.NullMarked;
