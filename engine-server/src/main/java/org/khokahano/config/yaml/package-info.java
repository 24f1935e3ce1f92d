/**
 * From files to a tree in which each value knows its place: decoding, YAML syntax, interpolation. This
 * is the only package that knows the YAML library, and no key has a meaning here.
 */
@NullMarked
package org.khokahano.config.yaml;

import org.jspecify.annotations.NullMarked;
