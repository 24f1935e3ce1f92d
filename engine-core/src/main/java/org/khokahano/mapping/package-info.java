/**
 * The port to mapping: what a route turns a message into before its destinations get it. Mappings run
 * before the acknowledgement, on the receiving thread, within bounds of their own.
 */
@NullMarked
package org.khokahano.mapping;

import org.jspecify.annotations.NullMarked;
