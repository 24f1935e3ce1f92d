package org.khokahano.config;

import java.nio.file.Path;

/**
 * A store in files of this machine.
 *
 * @param path its directory; relative to wherever the engine is started
 * @param minFreeBytes with less than this left on the disk, nothing more is accepted
 */
public record EmbeddedStoreConfig(Path path, long minFreeBytes, CommitConfig commit) implements StorePlaceConfig {}
