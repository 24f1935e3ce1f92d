/** HL7's batch protocol (2.10.3): files and batches of messages, their headers and their counts. */
@NullMarked
package org.khokahano.message.batch;

import org.jspecify.annotations.NullMarked;
