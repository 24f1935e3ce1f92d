package org.khokahano.transform.format;

import org.khokahano.message.MessagePath;

/**
 * What belongs together in a record and in a message.
 *
 * @param name the column's name, or the JSON pointer
 * @param path the place in the message
 */
public record FieldPlace(String name, MessagePath path) {}
