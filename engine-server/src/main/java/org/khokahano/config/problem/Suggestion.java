package org.khokahano.config.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was probably meant by a word that nobody knows. */
public final class Suggestion {
    private static final int MOST_LISTED = 24;
    private static final int LONGEST_COMPARED = 64;

    private Suggestion() {}

    /** A hint: the nearest of the known words, or all of them where none is near. */
    public static String hint(String word, Collection<String> known, String whatTheyAre) {
        Optional<String> nearest = nearest(word, known);
        if (nearest.isPresent()) {
            return "did you mean '" + nearest.get() + "'?";
        }
        if (known.isEmpty()) {
            return "there are no " + whatTheyAre;
        }
        String listed = known.stream().limit(MOST_LISTED).collect(Collectors.joining(", "));
        return whatTheyAre + ": " + listed + (known.size() > MOST_LISTED ? ", ..." : "");
    }

    /** The nearest of the known words, if one is near enough to have been meant. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        String folded = fold(word);
        if (folded.isEmpty() || folded.length() > LONGEST_COMPARED) {
            return Optional.empty();
        }
        return known.stream()
                .filter(candidate -> isNear(folded, fold(candidate)))
                .min(Comparator.<String>comparingInt(candidate -> distance(folded, fold(candidate)))
                        .thenComparing(candidate -> !fold(candidate).startsWith(folded.substring(0, 1)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The only one of the known words that the word is a part of, as {@code UTF-8} of {@code UNICODE UTF-8}. */
    public static Optional<String> part(String word, Collection<String> known) {
        String folded = fold(word);
        List<String> whole = known.stream()
                .filter(candidate -> fold(candidate).contains(folded))
                .toList();
        return folded.length() >= 3 && whole.size() == 1 ? Optional.of(whole.get(0)) : Optional.empty();
    }

    private static boolean isNear(String word, String candidate) {
        int allowed = Math.max(1, Math.max(word.length(), candidate.length()) / 3);
        boolean shortened = word.length() >= 3 && candidate.startsWith(word);
        return shortened || distance(word, candidate) <= allowed;
    }

    // 'ack_timeout' and 'ack-timeout' are one slip, not two.
    private static String fold(String word) {
        return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /** Damerau's distance with adjacent swaps: how many letters are missing, extra, wrong or swapped. */
    static int distance(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                boolean same = from.charAt(i - 1) == to.charAt(j - 1);
                int best = Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1);
                best = Math.min(best, cost[i - 1][j - 1] + (same ? 0 : 1));
                boolean swapped = i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1);
                cost[i][j] = swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
            }
        }
        return cost[from.length()][to.length()];
    }
}
