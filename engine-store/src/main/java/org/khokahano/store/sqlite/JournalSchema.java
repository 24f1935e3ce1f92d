package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.khokahano.store.StoreException;

/**
 * The journal file and its versions. {@code PRAGMA user_version} holds the version; a step brings a
 * file from one version to the next, in one transaction. A file of a newer version is refused.
 *
 * <pre>
 * name      what listeners and destinations are called; rows elsewhere hold the number
 * message   one row a message: when, from where, business keys; small, append-only
 * body      the received bytes, apart so that retention can drop them in whole pages
 * delivery  one row a destination; state changes in place, without changing the row's size
 * attempt   append-only: what happened to a delivery; n > 0 attempts, n < 0 decisions
 * unmapped  the codes that held deliveries wait for; rows of others mean nothing
 * awaited   deliveries whose application acknowledgement is awaited, in the order in which they began to
 * quarantine  input that is not a message
 * sequence  where the streams of numbered messages stand, by listener and sender or by destination
 * conformance_*  what validation counted: source is a sender where it is validated, checked its messages day
 *           by day, kind what is wrong with them, found how often day by day; days since 1970-01-01, UTC
 * fragment  parts of messages that come in several; their bytes go when the message is whole
 * setting   facts about the file itself
 * </pre>
 *
 * A crc is the CRC-32C of the bytes beside it ({@link Checksum}), checked whenever they are read.
 * A message that an operator sent again names the one that it repeats as its {@code origin}.
 * Then {@code received} is when that one was received, which is NULL in a row that is its own origin.
 * {@code revision} is the number of the configuration that a message was planned by. {@code batch} is
 * the id of the batch that it came in, null where it came by itself. A fragment's {@code chain} is the
 * number of its message's first fragment; its states stand in {@link FragmentRows}.
 * Deliveries of one message are numbered without a gap from {@code message.first_delivery}. Open
 * deliveries are found through a partial index that holds only them, in lane order.
 */
final class JournalSchema {

    /** "KHOK" as a number: marks the file as ours. */
    static final int APPLICATION_ID = 0x4B484F4B;

    private static final List<List<String>> STEPS = List.of(List.of(
            "CREATE TABLE name (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
            "CREATE TABLE message (id INTEGER PRIMARY KEY, at INTEGER NOT NULL,"
                    + " listener INTEGER NOT NULL, facility INTEGER NOT NULL,"
                    + " remote TEXT NOT NULL, size INTEGER NOT NULL, identity INTEGER,"
                    + " content INTEGER,"
                    + " type TEXT NOT NULL, control_id TEXT NOT NULL, sender TEXT NOT NULL,"
                    + " patient_id TEXT NOT NULL, first_delivery INTEGER NOT NULL,"
                    + " deliveries INTEGER NOT NULL, ack_form INTEGER NOT NULL, origin INTEGER,"
                    + " revision INTEGER NOT NULL, received INTEGER, batch TEXT)",
            "CREATE TABLE body (message_id INTEGER PRIMARY KEY, bytes BLOB NOT NULL, crc INTEGER)",
            "CREATE TABLE delivery (id INTEGER PRIMARY KEY, message_id INTEGER NOT NULL,"
                    + " destination INTEGER NOT NULL, key_hash INTEGER NOT NULL,"
                    + " state INTEGER NOT NULL, payload BLOB, crc INTEGER)",
            "CREATE INDEX delivery_queued ON delivery (destination, id, key_hash)" + " WHERE state = 2",
            "CREATE INDEX delivery_unresolved ON delivery (state, destination, id)" + " WHERE state IN (4, 6)",
            "CREATE TABLE attempt (delivery_id INTEGER NOT NULL, n INTEGER NOT NULL,"
                    + " at INTEGER NOT NULL, took INTEGER NOT NULL, state INTEGER NOT NULL,"
                    + " outcome TEXT NOT NULL, detail TEXT NOT NULL, repeat INTEGER NOT NULL,"
                    + " unknown INTEGER NOT NULL, answer BLOB,"
                    + " PRIMARY KEY (delivery_id, n)) WITHOUT ROWID",
            "CREATE TABLE unmapped (delivery_id INTEGER NOT NULL, n INTEGER NOT NULL,"
                    + " code_table INTEGER NOT NULL, code TEXT NOT NULL, system TEXT NOT NULL,"
                    + " place TEXT NOT NULL, PRIMARY KEY (delivery_id, n)) WITHOUT ROWID",
            "CREATE TABLE awaited (number INTEGER PRIMARY KEY AUTOINCREMENT, delivery_id INTEGER NOT NULL,"
                    + " destination INTEGER NOT NULL, control_id TEXT NOT NULL, peer TEXT NOT NULL,"
                    + " at INTEGER NOT NULL)",
            "CREATE INDEX awaited_control_id ON awaited (control_id)",
            "CREATE INDEX awaited_delivery ON awaited (delivery_id)",
            "CREATE INDEX awaited_destination ON awaited (destination, number)",
            "CREATE TABLE quarantine (id INTEGER PRIMARY KEY, at INTEGER NOT NULL,"
                    + " listener INTEGER NOT NULL, remote TEXT NOT NULL, reason TEXT NOT NULL,"
                    + " detail TEXT NOT NULL, bytes BLOB NOT NULL, crc INTEGER)",
            "CREATE TABLE sequence (side INTEGER NOT NULL, name TEXT NOT NULL, peer TEXT NOT NULL,"
                    + " number INTEGER NOT NULL, delivery_id INTEGER NOT NULL, status INTEGER NOT NULL,"
                    + " at INTEGER NOT NULL, PRIMARY KEY (side, name, peer)) WITHOUT ROWID",
            "CREATE TABLE conformance_source (id INTEGER PRIMARY KEY, facility TEXT NOT NULL,"
                    + " application TEXT NOT NULL, stage TEXT NOT NULL, name TEXT NOT NULL,"
                    + " UNIQUE (facility, application, stage, name))",
            "CREATE TABLE conformance_checked (source INTEGER NOT NULL, day INTEGER NOT NULL,"
                    + " messages INTEGER NOT NULL, with_findings INTEGER NOT NULL, errors INTEGER NOT NULL,"
                    + " warnings INTEGER NOT NULL, informations INTEGER NOT NULL,"
                    + " PRIMARY KEY (source, day)) WITHOUT ROWID",
            "CREATE TABLE conformance_kind (id INTEGER PRIMARY KEY, source INTEGER NOT NULL,"
                    + " layer TEXT NOT NULL, rule TEXT NOT NULL, severity TEXT NOT NULL, place TEXT NOT NULL,"
                    + " at INTEGER NOT NULL, latest_place TEXT NOT NULL, latest_id INTEGER NOT NULL,"
                    + " latest_quarantined INTEGER NOT NULL, sentence TEXT NOT NULL,"
                    + " UNIQUE (source, layer, rule, severity, place))",
            "CREATE TABLE conformance_found (kind INTEGER NOT NULL, day INTEGER NOT NULL,"
                    + " messages INTEGER NOT NULL, findings INTEGER NOT NULL,"
                    + " PRIMARY KEY (kind, day)) WITHOUT ROWID",
            "CREATE TABLE fragment (id INTEGER PRIMARY KEY, chain INTEGER NOT NULL, n INTEGER NOT NULL,"
                    + " at INTEGER NOT NULL, until INTEGER NOT NULL, listener INTEGER NOT NULL,"
                    + " remote TEXT NOT NULL, channel TEXT NOT NULL, pointer TEXT NOT NULL,"
                    + " control_id TEXT NOT NULL, ack_form INTEGER NOT NULL, state INTEGER NOT NULL,"
                    + " digest BLOB NOT NULL, bytes BLOB NOT NULL, crc INTEGER, message INTEGER)",
            "CREATE INDEX fragment_chain ON fragment (chain, n)",
            "CREATE INDEX fragment_digest ON fragment (digest)",
            "CREATE INDEX fragment_open ON fragment (listener, channel, pointer) WHERE state IN (1, 2)",
            "CREATE INDEX fragment_done ON fragment (until) WHERE state = 3",
            "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"));

    private JournalSchema() {}

    static int currentVersion() {
        return STEPS.size();
    }

    /** Brings the file to the current version. */
    static void migrate(Connection connection) throws SQLException {
        int version = version(connection);
        if (version > currentVersion()) {
            throw new StoreException(newerVersion(version));
        }
        for (int next = version; next < STEPS.size(); next++) {
            try (Statement statement = connection.createStatement()) {
                for (String sql : STEPS.get(next)) {
                    statement.execute(sql);
                }
                statement.execute("PRAGMA application_id = " + APPLICATION_ID);
                statement.execute("PRAGMA user_version = " + (next + 1));
            }
            connection.commit();
        }
    }

    static String newerVersion(int version) {
        return "the store has schema version " + version + ", this engine knows versions up to " + currentVersion()
                + "; run the newer engine that wrote it, or restore a backup";
    }

    static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }
}
