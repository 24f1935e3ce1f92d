package org.khokahano.cli;

import java.io.PrintWriter;
import java.util.List;
import org.khokahano.cases.CoverageReport;
import org.khokahano.cases.CoverageReport.Area;
import org.khokahano.cli.terminal.Paint;

/** What the cases reached, as a table, and below it what they did not. */
final class CoverageListing {
    private static final int MOST_MISSED = 20;

    private CoverageListing() {}

    static void print(CoverageReport report, Paint paint, PrintWriter out) {
        Table table = new Table("COVERAGE", "REACHED", "OF", "PERCENT");
        for (Area area : report.areas()) {
            table.add(area.name(), String.valueOf(area.reached()), String.valueOf(area.total()), area.percent() + " %");
        }
        table.add("all but rows", "", "", report.percent() + " %");
        table.print(out);
        report.areas().stream().filter(area -> !area.missed().isEmpty()).forEach(area -> {
            out.println();
            out.println(paint.odd("never reached, " + area.name() + ":"));
            missed(area, out);
        });
    }

    private static void missed(Area area, PrintWriter out) {
        List<String> missed = area.missed();
        missed.stream().limit(MOST_MISSED).forEach(what -> out.println("  " + what));
        int more = area.total() - area.reached() - Math.min(MOST_MISSED, missed.size());
        if (more > 0) {
            out.println("  ... and " + more + " more");
        }
    }
}
