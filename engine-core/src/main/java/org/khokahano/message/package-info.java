/**
 * An HL7 v2 message as it came: immutable, over the received bytes, read through a lazy index.
 *
 * <p>Bytes are the truth. {@link org.khokahano.message.Message#read} looks only at the header; the
 * segments are found at the first question about them, and a value is decoded when it is asked for.
 * {@link org.khokahano.message.MessageEdit} makes a new message in which every byte that no edit
 * named is the byte that came. HAPI's typed message is a view, made at most once, never queued.
 *
 * <p>This package touches no socket and no file, writes no log, and puts no content of a message
 * into an exception or a {@code toString}: offsets, lengths, codes and paths only.
 */
@NullMarked
package org.khokahano.message;

import org.jspecify.annotations.NullMarked;
