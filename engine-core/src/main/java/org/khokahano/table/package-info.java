/**
 * Code tables: what a code of one system is in another, forwards and backwards, at a time. Immutable, so
 * that a reload replaces all of them at once and a message sees one state of them. Compact, since a table
 * may have a hundred thousand rows. The codes of a table are configuration and no patient data.
 */
@NullMarked
package org.khokahano.table;

import org.jspecify.annotations.NullMarked;
