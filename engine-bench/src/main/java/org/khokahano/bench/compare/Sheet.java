package org.khokahano.bench.compare;

import java.util.List;

/** One table of a capacity report; every row has a value for each heading. */
record Sheet(String title, List<String> headings, List<List<String>> rows) {
    Sheet {
        for (List<String> row : rows) {
            if (row.size() != headings.size()) {
                throw new IllegalArgumentException(
                        title + ": a row has " + row.size() + " values for " + headings.size() + " headings");
            }
        }
    }

    String markdown() {
        StringBuilder text = new StringBuilder("## " + title + "\n\n");
        text.append("| ").append(String.join(" | ", headings)).append(" |\n");
        text.append("|---".repeat(headings.size())).append("|\n");
        for (List<String> row : rows) {
            text.append("| ").append(String.join(" | ", row)).append(" |\n");
        }
        return text.toString();
    }
}
