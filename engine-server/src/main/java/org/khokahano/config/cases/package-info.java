/**
 * Cases: messages that stand beside a configuration with what should become of them. Read by the same
 * kind of declaration as the configuration, so that every mistake has its place and a suggestion.
 */
@NullMarked
package org.khokahano.config.cases;

import org.jspecify.annotations.NullMarked;
