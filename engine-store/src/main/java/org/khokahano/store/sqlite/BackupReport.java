package org.khokahano.store.sqlite;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A backup that was made, or restored. What was received after its newest message is not in it.
 *
 * @param info what it holds; {@link StoreInfo#lastMessageId()} and {@link StoreInfo#newestMillis()} say
 *     how far it goes
 * @param report what its verification saw
 * @param setAside where the files are that a restore replaced
 */
public record BackupReport(StoreInfo info, StoreReport report, Optional<Path> setAside) {}
