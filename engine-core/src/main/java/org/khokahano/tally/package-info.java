/**
 * Counts in memory what validation says of each sender, and hands it over every few seconds. Called on the
 * threads that receive, so without locks; bounded whatever senders call themselves.
 */
@NullMarked
package org.khokahano.tally;

import org.jspecify.annotations.NullMarked;
