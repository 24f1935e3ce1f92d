/**
 * Files of profiles: what they may say, and the records that are made of them. Values that are checked later
 * against HL7's definitions keep their place in the file.
 */
@NullMarked
package org.khokahano.config.profile;

import org.jspecify.annotations.NullMarked;
