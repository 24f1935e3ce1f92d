package org.khokahano.cases;

import java.time.Duration;
import java.util.List;

/**
 * How a case ended.
 *
 * @param file the case's file, relative to the configuration's directory
 * @param failures what was not as expected; empty where the case passed
 * @param updated files that were written since they were to be
 */
public record CaseResult(String file, String name, List<Failure> failures, List<String> updated, Duration took) {

    public CaseResult {
        failures = List.copyOf(failures);
        updated = List.copyOf(updated);
    }

    public boolean passed() {
        return failures.isEmpty();
    }

    /**
     * One thing that was not as expected.
     *
     * @param what in a sentence
     * @param differences where two messages differ; empty where it is about something else
     */
    public record Failure(String what, List<FieldDifference> differences) {
        public Failure {
            differences = List.copyOf(differences);
        }

        static Failure of(String what) {
            return new Failure(what, List.of());
        }
    }
}
