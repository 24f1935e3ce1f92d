package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Where the next candidates of a search come from. A source gives, below an id, a run of ids that
 * holds all that could match down to the run's end; the search takes the source whose run reaches
 * furthest back, since that one has the fewest candidates.
 */
interface SearchSource {

    /** So many candidates of an index are looked at in one step. */
    int INDEX_STEP = 2_000;

    /** So many messages are looked at in one step where no index helps. */
    int SCAN_STEP = 10_000;

    /** The next run below an id. */
    Run below(Connection connection, long beforeId) throws SQLException;

    /**
     * Candidates from one id down to another.
     *
     * @param fromId the lowest id, inclusive; 0 where there is nothing below
     * @param ids SQL that selects the ids; empty where all ids of the range are candidates
     * @param arguments the arguments of that SQL
     */
    record Run(long fromId, String ids, List<Object> arguments) {}

    /** All messages. */
    record AllMessages(long floorId) implements SearchSource {
        @Override
        public Run below(Connection connection, long beforeId) {
            return new Run(Math.max(floorId, beforeId - SCAN_STEP), "", List.of());
        }
    }

    /** Messages that have one of some values in a table of the index. */
    record Indexed(String table, List<Object> values) implements SearchSource {
        @Override
        public Run below(Connection connection, long beforeId) throws SQLException {
            long from = 0;
            for (Object value : values) {
                from = Math.max(
                        from,
                        Sql.number(
                                connection,
                                0,
                                "SELECT id FROM idx." + table
                                        + " WHERE value = ? AND id < ? ORDER BY id DESC LIMIT 1 OFFSET "
                                        + (INDEX_STEP - 1),
                                value,
                                beforeId));
            }
            List<Object> arguments = new ArrayList<>(values);
            arguments.add(from);
            arguments.add(beforeId);
            String ids = "SELECT DISTINCT id FROM idx." + table + " WHERE value IN ("
                    + String.join(", ", Collections.nCopies(values.size(), "?"))
                    + ") AND id >= ? AND id < ?";
            return new Run(from, ids, arguments);
        }
    }

    /** Messages with a delivery in a state that the journal itself keeps an index of. */
    record InState(int state, List<Object> destinations) implements SearchSource {
        @Override
        public Run below(Connection connection, long beforeId) throws SQLException {
            long beforeDelivery = Sql.number(
                    connection,
                    Long.MAX_VALUE,
                    "SELECT first_delivery FROM message WHERE id >= ? ORDER BY id LIMIT 1",
                    beforeId);
            long fromDelivery = 0;
            for (Object destination : destinations) {
                fromDelivery = Math.max(
                        fromDelivery,
                        Sql.number(
                                connection,
                                0,
                                "SELECT id FROM delivery WHERE state = " + state + " AND destination = ?"
                                        + " AND id < ? ORDER BY id DESC LIMIT 1 OFFSET " + (INDEX_STEP - 1),
                                destination,
                                beforeDelivery));
            }
            long fromId = Sql.number(connection, 0, "SELECT message_id FROM delivery WHERE id = ?", fromDelivery);
            List<Object> arguments = new ArrayList<>(destinations);
            arguments.add(fromDelivery);
            arguments.add(beforeDelivery);
            String ids = "SELECT DISTINCT message_id AS id FROM delivery WHERE state = " + state
                    + " AND destination IN ("
                    + String.join(", ", Collections.nCopies(destinations.size(), "?"))
                    + ") AND id >= ? AND id < ?";
            return new Run(fromId, ids, arguments);
        }
    }
}
