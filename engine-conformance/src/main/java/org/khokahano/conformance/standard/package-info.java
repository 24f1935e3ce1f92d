/**
 * What HL7 itself says of a message: structure, required fields, data types, lengths and tables, from
 * HAPI's definitions and a file of tables. Only what HL7 says is checked: what it calls a
 * suggestion or asks receivers to ignore is never more than information (R55).
 */
@NullMarked
package org.khokahano.conformance.standard;

import org.jspecify.annotations.NullMarked;
