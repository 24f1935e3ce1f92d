package org.khokahano.file;

/** In what order the files of a directory are read. */
public enum FileOrder {
    /** By name, compared character by character. */
    NAME,
    /** By the time of their last change, and by name where that is the same. */
    TIME
}
