package org.khokahano.format;

import java.util.List;
import java.util.Set;

/** Makes messages of what a listener receives. Safe for several threads; never blocks. */
public interface InputFormat {

    /** The media types that a request may declare, in lower case. */
    Set<String> mediaTypes();

    /**
     * Reads the records of one input, in its order. What cannot be read is a record too, with its problem;
     * nothing that is in the input makes this throw.
     *
     * @return empty where the input is right and holds no record
     */
    List<InputRecord> read(byte[] input);
}
