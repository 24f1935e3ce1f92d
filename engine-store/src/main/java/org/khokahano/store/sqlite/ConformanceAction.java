package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.khokahano.store.AppendResult;
import org.khokahano.store.ConformanceCounts;
import org.khokahano.store.ConformanceCounts.Checked;
import org.khokahano.store.ConformanceCounts.Example;
import org.khokahano.store.ConformanceCounts.Found;
import org.khokahano.store.ConformanceCounts.Kind;
import org.khokahano.store.ConformanceCounts.Source;

/**
 * Adds counts of validation to those of their day. Who is described already is looked up each time, since
 * retention may have removed it; the bounds are counted when somebody new comes.
 */
final class ConformanceAction implements JournalAction {

    /** A facility has some systems, each seen by some listeners and routes. */
    static final int MOST_SOURCES = 100;

    static final int MOST_KINDS = 200;
    private static final int LONGEST_SENTENCE = 500;

    private final Connection connection;
    private final int facilities;
    private final ConformanceCounts counts;

    ConformanceAction(Connection connection, int facilities, ConformanceCounts counts) {
        this.connection = connection;
        this.facilities = facilities;
        this.counts = counts;
    }

    @Override
    public AppendResult write(CommitReport report) throws SQLException {
        for (Checked checked : counts.checked()) {
            change(
                    "INSERT INTO conformance_checked (source, day, messages, with_findings, errors, warnings,"
                            + " informations) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, day) DO UPDATE SET"
                            + " messages = messages + excluded.messages,"
                            + " with_findings = with_findings + excluded.with_findings,"
                            + " errors = errors + excluded.errors, warnings = warnings + excluded.warnings,"
                            + " informations = informations + excluded.informations",
                    source(checked.source()),
                    counts.day(),
                    checked.messages(),
                    checked.withFindings(),
                    checked.errors(),
                    checked.warnings(),
                    checked.informations());
        }
        for (Found found : counts.found()) {
            change(
                    "INSERT INTO conformance_found (kind, day, messages, findings) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT (kind, day) DO UPDATE SET messages = messages + excluded.messages,"
                            + " findings = findings + excluded.findings",
                    kind(source(found.source()), found.kind(), found.latest()),
                    counts.day(),
                    found.messages(),
                    found.findings());
        }
        return AppendResult.stored(0, 0, false);
    }

    private long source(Source source) throws SQLException {
        long known = find(source);
        if (known != 0) {
            return known;
        }
        String facility = mayAdd(source.facility()) ? source.facility() : ConformanceCounts.OTHER;
        boolean hasRoom = number("SELECT count(*) FROM conformance_source WHERE facility = ?", facility) < MOST_SOURCES;
        boolean isOther = facility.equals(ConformanceCounts.OTHER);
        String application = isOther ? "" : hasRoom ? source.application() : ConformanceCounts.OTHER;
        Source counted = new Source(facility, application, source.stage(), source.name());
        long found = find(counted);
        return found != 0 ? found : insert(counted);
    }

    private boolean mayAdd(String facility) throws SQLException {
        return number("SELECT EXISTS (SELECT 1 FROM conformance_source WHERE facility = ?)", facility) != 0
                || number("SELECT count(DISTINCT facility) FROM conformance_source") < facilities;
    }

    private long find(Source source) throws SQLException {
        return number(
                "SELECT id FROM conformance_source WHERE facility = ? AND application = ? AND stage = ? AND name = ?",
                source.facility(),
                source.application(),
                source.stage(),
                source.name());
    }

    private long insert(Source source) throws SQLException {
        change(
                "INSERT INTO conformance_source (facility, application, stage, name) VALUES (?, ?, ?, ?)",
                source.facility(),
                source.application(),
                source.stage(),
                source.name());
        return find(source);
    }

    private long kind(long source, Kind kind, Example latest) throws SQLException {
        Kind counted = kind;
        long known = find(source, counted);
        if (known == 0 && number("SELECT count(*) FROM conformance_kind WHERE source = ?", source) >= MOST_KINDS) {
            counted = new Kind(kind.layer(), ConformanceCounts.OTHER, kind.severity(), "");
            known = find(source, counted);
        }
        String sentence = latest.sentence();
        String kept = sentence.length() <= LONGEST_SENTENCE ? sentence : sentence.substring(0, LONGEST_SENTENCE);
        if (known != 0) {
            change(
                    "UPDATE conformance_kind SET at = ?, latest_place = ?, latest_id = ?, latest_quarantined = ?,"
                            + " sentence = ? WHERE id = ?",
                    latest.atMillis(),
                    latest.place(),
                    latest.id(),
                    latest.isQuarantined(),
                    kept,
                    known);
            return known;
        }
        change(
                "INSERT INTO conformance_kind (source, layer, rule, severity, place, at, latest_place, latest_id,"
                        + " latest_quarantined, sentence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                source,
                counted.layer(),
                counted.rule(),
                counted.severity().code(),
                counted.place(),
                latest.atMillis(),
                latest.place(),
                latest.id(),
                latest.isQuarantined(),
                kept);
        return find(source, counted);
    }

    private long find(long source, Kind kind) throws SQLException {
        return number(
                "SELECT id FROM conformance_kind WHERE source = ? AND layer = ? AND rule = ? AND severity = ?"
                        + " AND place = ?",
                source,
                kind.layer(),
                kind.rule(),
                kind.severity().code(),
                kind.place());
    }

    private long number(String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, arguments);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private void change(String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, arguments);
            statement.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
    }
}
