/**
 * The message store on embedded SQLite: one file, one writer thread with group commit, readers beside
 * it. {@link org.khokahano.store.sqlite.JournalSchema} describes the file.
 */
@NullMarked
package org.khokahano.store.sqlite;

import org.jspecify.annotations.NullMarked;
