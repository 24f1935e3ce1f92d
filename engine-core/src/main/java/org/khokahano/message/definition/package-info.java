/**
 * What HL7 defines for each version: message structures with their groups, segments with their fields,
 * data types. Taken from HAPI's classes, once, and kept as values of our own. Knows no message.
 */
@NullMarked
package org.khokahano.message.definition;

import org.jspecify.annotations.NullMarked;
