/**
 * From received bytes to a durable message and its acknowledgement. {@link Journey} lists the stages in
 * order. Must emit received, and then one of accepted, duplicate, rejected or quarantined, for each frame.
 */
@NullMarked
package org.khokahano.accept;

import org.jspecify.annotations.NullMarked;
