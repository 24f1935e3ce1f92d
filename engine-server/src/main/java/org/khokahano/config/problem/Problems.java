package org.khokahano.config.problem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All that is wrong with one configuration, collected while it is read.
 *
 * <p>The lines to show are looked up at the end, since a value may turn out to be a secret only after
 * a problem beside it was found.
 */
public final class Problems {
    private final List<Found> found = new ArrayList<>();
    private int errors;

    /** Notes what the engine cannot start with. The hint may be empty. */
    public void error(Location place, String message, String hint) {
        found.add(new Found(place, Severity.ERROR, message, hint));
        errors++;
    }

    /** Notes what is probably a mistake. The hint may be empty. */
    public void warning(Location place, String message, String hint) {
        found.add(new Found(place, Severity.WARNING, message, hint));
    }

    /** How many errors there are so far. */
    public int errors() {
        return errors;
    }

    /** All of them, in the order of their places. */
    public List<Problem> toList() {
        return found.stream()
                .map(each -> Problem.at(each.place(), each.severity(), each.message(), each.hint()))
                .sorted(Comparator.comparing(Problem::file)
                        .thenComparingInt(Problem::line)
                        .thenComparingInt(Problem::column))
                .distinct()
                .toList();
    }

    private record Found(Location place, Severity severity, String message, String hint) {}
}
