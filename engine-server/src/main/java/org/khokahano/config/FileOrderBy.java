package org.khokahano.config;

/** In what order the files of a directory are read. */
public enum FileOrderBy {
    /** By name. */
    NAME,
    /** By the time of their last change. */
    TIME
}
