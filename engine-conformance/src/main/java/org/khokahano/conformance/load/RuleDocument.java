package org.khokahano.conformance.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.khokahano.conformance.load.ExpressionWriter.Written;
import org.khokahano.conformance.load.SourceConstraints.Statement;

/** Gathers the rules between fields. Of one thread. */
final class RuleDocument {
    private static final int LONGEST_ID = 58;

    private final ImportReport report;
    private final List<Map<Object, Object>> rules = new ArrayList<>();
    private final Set<Map<Object, Object>> bodies = new LinkedHashSet<>();
    private final Set<String> ids = new LinkedHashSet<>();

    RuleDocument(ImportReport report) {
        this.report = report;
    }

    List<Map<Object, Object>> rules() {
        return rules;
    }

    /**
     * What a rule is asked for each of.
     *
     * @param each empty for the whole message
     * @param where for which of those; may be empty
     * @param at the place of its findings; may be empty
     */
    record Asked(String each, String where, String at) {}

    /**
     * How many segments there are.
     *
     * @param matching which of that name are counted
     * @param cardinality as in {@code 1..*}
     */
    record Count(String segment, Written matching, String cardinality) {}

    /** Adds a rule; the same rule twice is one, and another one of that name gets a number. */
    void add(String id, Asked asked, Written require, Statement statement) {
        add(id, asked, Map.of("require", require.text()), require, statement);
    }

    /** Adds a rule that counts. */
    void add(String id, Asked asked, Count count, Statement statement) {
        Map<Object, Object> demand = new LinkedHashMap<>();
        demand.put("count", count.segment());
        demand.put("matching", count.matching().text());
        demand.put("cardinality", count.cardinality());
        add(id, asked, demand, count.matching(), statement);
    }

    private void add(String id, Asked asked, Map<Object, Object> demand, Written expression, Statement statement) {
        Map<Object, Object> body = new LinkedHashMap<>();
        put(body, "each", asked.each());
        put(body, "where", asked.where());
        body.putAll(demand);
        put(body, "at", asked.at());
        if (!statement.severity().equals("error")) {
            body.put("severity", statement.severity());
        }
        put(body, "text", statement.text());
        if (!bodies.add(Map.copyOf(body))) {
            return;
        }
        Map<Object, Object> rule = new LinkedHashMap<>();
        rule.put("id", unique(id));
        rule.putAll(body);
        rules.add(rule);
        report.carried("statements");
        for (String how : expression.differences()) {
            report.changed(statement.xml(), asked.at(), "statement " + statement.id(), how);
        }
    }

    /** An id as rules have them. */
    private String unique(String id) {
        String plain = id.strip().replaceAll("[^A-Za-z0-9_.-]+", "-").replaceAll("^[_.-]+|-+$", "");
        String base = plain.isEmpty() ? "rule" : plain.substring(0, Math.min(plain.length(), LONGEST_ID));
        String unique = base;
        for (int number = 2; !ids.add(unique); number++) {
            unique = base + '-' + number;
        }
        return unique;
    }

    private static void put(Map<Object, Object> body, String key, String value) {
        if (!value.isEmpty()) {
            body.put(key, value);
        }
    }
}
