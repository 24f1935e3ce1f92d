package org.khokahano.format;

import org.khokahano.message.Message;

/** Writes messages the way a partner reads them. Safe for several threads; never blocks. */
public interface OutputFormat {

    /** What it writes, as a media type. */
    String mediaType();

    /** Writes a message; whatever stands in it, this does not throw. */
    FormatOutcome write(Message message);
}
