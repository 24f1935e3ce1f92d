package org.khokahano.cli;

import java.io.PrintWriter;
import java.util.List;
import org.khokahano.cases.CaseResult;
import org.khokahano.cases.CaseResult.Failure;
import org.khokahano.cases.FieldDifference;
import org.khokahano.cli.terminal.Paint;

/** How cases ended, for people. */
final class CaseListing {
    private static final int MOST_DIFFERENCES = 50;

    private final Paint paint;
    private final PrintWriter out;

    CaseListing(Paint paint, PrintWriter out) {
        this.paint = paint;
        this.out = out;
    }

    void print(CaseResult result) {
        String word = result.passed() ? paint.good("ok    ") : paint.bad("FAILED");
        out.println(word + "  " + result.name() + "  " + paint.faint(result.file()));
        result.updated().forEach(file -> out.println("        " + paint.odd("written: ") + file));
        result.failures().forEach(this::print);
    }

    private void print(Failure failure) {
        out.println("        " + Paint.shown(failure.what()));
        List<FieldDifference> differences = failure.differences();
        differences.stream().limit(MOST_DIFFERENCES).forEach(this::print);
        if (differences.size() > MOST_DIFFERENCES) {
            out.println("          ... and " + (differences.size() - MOST_DIFFERENCES) + " more places");
        }
    }

    private void print(FieldDifference difference) {
        out.println("          " + paint.place(difference.path()) + "  " + difference.name());
        out.println("            expected  " + value(difference.expected(), true));
        out.println("            got       " + value(difference.actual(), false));
    }

    private String value(String text, boolean expected) {
        if (text.isEmpty()) {
            return paint.faint("(nothing)");
        }
        return expected ? paint.good(Paint.shown(text)) : paint.bad(Paint.shown(text));
    }
}
