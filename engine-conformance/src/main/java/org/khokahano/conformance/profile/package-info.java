/**
 * Profiles: what messages of a programme, a country or a facility have to be beyond HL7. A profile is a value; a
 * layer of rules is made of profiles and those that they extend, and compiled into the one walk over a message.
 */
@NullMarked
package org.khokahano.conformance.profile;

import org.jspecify.annotations.NullMarked;
