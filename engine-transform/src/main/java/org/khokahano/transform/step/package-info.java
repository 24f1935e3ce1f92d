/**
 * The steps of a mapping, one class each, and the run in which they take place. A step edits the run's
 * draft or ends the run; a failure names the place and never a value.
 */
@NullMarked
package org.khokahano.transform.step;

import org.jspecify.annotations.NullMarked;
