package org.khokahano.transform.format;

import org.khokahano.message.MessagePath;

/** What every message has at a place. */
public record FixedValue(MessagePath path, String value) {}
