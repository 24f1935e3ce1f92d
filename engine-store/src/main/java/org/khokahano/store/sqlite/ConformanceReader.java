package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.khokahano.store.ConformanceCounts.Example;
import org.khokahano.store.ConformanceCounts.Kind;
import org.khokahano.store.ConformanceCounts.Source;
import org.khokahano.store.archive.ConformanceHistory;
import org.khokahano.store.archive.ConformanceHistory.Count;
import org.khokahano.store.archive.ConformanceHistory.DayCount;
import org.khokahano.store.archive.ConformanceHistory.KindCount;
import org.khokahano.store.archive.ConformanceHistory.SourceCount;
import org.khokahano.store.archive.ConformanceQuery;
import org.khokahano.validation.Severity;

/** Reads what validation counted of senders. */
final class ConformanceReader {

    private static final int MOST_DAYS = 20_000;
    private static final String SOURCE = "s.facility, s.application, s.stage, s.name";
    private static final String COUNTS = "messages, with_findings, errors, warnings, informations";

    private final Connection connection;
    private final ConformanceQuery query;

    ConformanceReader(Connection connection, ConformanceQuery query) {
        this.connection = connection;
        this.query = query;
    }

    ConformanceHistory read() throws SQLException {
        List<SourceCount> sources = sources();
        List<KindCount> kinds = kinds();
        List<DayCount> days = query.facility() == null ? List.of() : days();
        int limit = query.limit();
        return new ConformanceHistory(
                sources.subList(0, Math.min(limit, sources.size())),
                kinds.subList(0, Math.min(limit, kinds.size())),
                days,
                sources.size() <= limit && kinds.size() <= limit && days.size() < MOST_DAYS);
    }

    private List<SourceCount> sources() throws SQLException {
        String sums = sums(query.fromDay(), Long.MAX_VALUE)
                + ", " + sums(query.recentFrom(), Long.MAX_VALUE)
                + ", " + sums(query.beforeFrom(), query.recentFrom());
        return Sql.list(
                connection,
                row -> new SourceCount(source(row), count(row, 5), count(row, 10), count(row, 15)),
                "SELECT " + SOURCE + ", " + sums + " FROM conformance_checked c JOIN conformance_source s"
                        + " ON s.id = c.source WHERE c.day >= ?" + ofFacility()
                        + " GROUP BY s.id HAVING sum(CASE WHEN c.day >= ? THEN 1 ELSE 0 END) > 0"
                        + " ORDER BY 6 DESC, 5 DESC, 1, 2, 3, 4 LIMIT ?",
                arguments(query.firstDay(), query.fromDay(), query.limit() + 1));
    }

    private static String sums(long from, long before) {
        List<String> sums = new ArrayList<>();
        for (String column : COUNTS.split(", ")) {
            sums.add(
                    "sum(CASE WHEN c.day >= " + from + " AND c.day < " + before + " THEN c." + column + " ELSE 0 END)");
        }
        return String.join(", ", sums);
    }

    private List<KindCount> kinds() throws SQLException {
        String inTime = "CASE WHEN f.day >= " + query.fromDay() + " THEN f.";
        String messages = "sum(" + inTime + "messages ELSE 0 END)";
        return Sql.list(
                connection,
                row -> new KindCount(
                        source(row),
                        new Kind(row.getString(5), row.getString(6), severity(row.getString(7)), row.getString(8)),
                        row.getLong(9),
                        row.getLong(10),
                        row.getLong(11),
                        row.getLong(12),
                        row.getLong(13),
                        row.getLong(14),
                        new Example(
                                row.getLong(15),
                                row.getString(16),
                                row.getLong(17),
                                row.getBoolean(18),
                                row.getString(19))),
                "SELECT " + SOURCE + ", k.layer, k.rule, k.severity, k.place, " + messages + ", sum(" + inTime
                        + "findings ELSE 0 END), sum(CASE WHEN f.day >= " + query.recentFrom()
                        + " THEN f.messages ELSE 0 END), sum(CASE WHEN f.day >= " + query.beforeFrom()
                        + " AND f.day < " + query.recentFrom() + " THEN f.messages ELSE 0 END), min(" + inTime
                        + "day END), max(f.day), k.at, k.latest_place, k.latest_id, k.latest_quarantined, k.sentence"
                        + " FROM conformance_found f JOIN conformance_kind k ON k.id = f.kind"
                        + " JOIN conformance_source s ON s.id = k.source WHERE f.day >= ?" + ofFacility()
                        + " GROUP BY k.id HAVING " + messages
                        + " > 0 ORDER BY 9 DESC, 10 DESC, 1, 2, 3, 4, 5, 6, 7, 8 LIMIT ?",
                arguments(query.firstDay(), query.limit() + 1));
    }

    private List<DayCount> days() throws SQLException {
        return Sql.list(
                connection,
                row -> new DayCount(source(row), row.getLong(5), count(row, 6)),
                "SELECT " + SOURCE + ", c.day, c." + COUNTS.replace(", ", ", c.")
                        + " FROM conformance_checked c JOIN conformance_source s ON s.id = c.source"
                        + " WHERE c.day >= ?" + ofFacility() + " ORDER BY c.day, 1, 2, 3, 4 LIMIT " + MOST_DAYS,
                arguments(query.fromDay()));
    }

    private String ofFacility() {
        return query.facility() == null ? "" : " AND s.facility = ?";
    }

    /** The first day, the facility where there is one, and the rest. */
    private List<Object> arguments(long day, Object... rest) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(day);
        String facility = query.facility();
        if (facility != null) {
            arguments.add(facility);
        }
        arguments.addAll(List.of(rest));
        return arguments;
    }

    private static Source source(ResultSet row) throws SQLException {
        return new Source(row.getString(1), row.getString(2), row.getString(3), row.getString(4));
    }

    private static Count count(ResultSet row, int at) throws SQLException {
        return new Count(
                row.getLong(at), row.getLong(at + 1), row.getLong(at + 2), row.getLong(at + 3), row.getLong(at + 4));
    }

    private static Severity severity(String code) {
        for (Severity severity : Severity.values()) {
            if (severity.code().equals(code)) {
                return severity;
            }
        }
        return Severity.INFORMATION;
    }
}
