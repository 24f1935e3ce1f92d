package org.khokahano.store.sqlite;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Why a commit failed, by what follows from it. */
enum CommitFault {
    /** No space: refused until there is some; passes by itself. */
    FULL,
    /** Another program holds the file; passes by itself. */
    BUSY,
    /** Something in the batch cannot be written at all; the rest of the batch can. */
    CONTENT,
    /** Whether anything is durable is unknown from here on (P5). */
    DISK;

    static CommitFault of(SQLException e) {
        return switch (primary(e)) {
            case SQLITE_FULL -> FULL;
            case SQLITE_BUSY, SQLITE_LOCKED -> BUSY;
            case SQLITE_CONSTRAINT, SQLITE_TOOBIG, SQLITE_MISMATCH -> CONTENT;
            // Making room for the log's index in memory fails so when the disk is full.
            case SQLITE_IOERR -> code(e) == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE ? FULL : DISK;
            default -> DISK;
        };
    }

    static SQLiteErrorCode code(SQLException e) {
        return e instanceof SQLiteException sqlite ? sqlite.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
    }

    /** The class of an extended result code is its lowest byte. */
    private static SQLiteErrorCode primary(SQLException e) {
        SQLiteErrorCode code = code(e);
        return code == SQLiteErrorCode.UNKNOWN_ERROR ? code : SQLiteErrorCode.getErrorCode(code.code & 0xFF);
    }
}
