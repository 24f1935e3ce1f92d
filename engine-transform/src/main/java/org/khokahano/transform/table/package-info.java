/** Code tables in CSV files, read whole: every bad row is told with its place. Opens no file itself. */
@NullMarked
package org.khokahano.transform.table;

import org.jspecify.annotations.NullMarked;
