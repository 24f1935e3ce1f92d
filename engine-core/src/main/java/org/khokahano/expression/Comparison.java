package org.khokahano.expression;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.khokahano.expression.ClauseNode.Leaf;
import org.khokahano.expression.ClauseNode.Not;
import org.khokahano.expression.ClauseNode.Several;

/**
 * A test of one place against constants, which can be reasoned about before any message is there.
 *
 * @param subject the place; null for a test that is the same for every message
 * @param values the constants
 * @param among whether the place must be one of them, or must not
 */
record Comparison(@Nullable String subject, Set<String> values, boolean among) {

    static Comparison always(boolean value) {
        return new Comparison(null, Set.of(), !value);
    }

    /** The values that the place can have where the condition is true; nothing where it may have any. */
    static Optional<Set<String>> possible(ClauseNode node, String subject) {
        if (node instanceof Leaf leaf && leaf.comparison() != null) {
            Comparison test = leaf.comparison();
            return test.among && subject.equals(test.subject) ? Optional.of(test.values) : Optional.empty();
        }
        if (node instanceof Several several) {
            return several.deciding() ? union(several.parts(), subject) : intersection(several.parts(), subject);
        }
        return Optional.empty();
    }

    /** Whether no message can fulfil it. Finds the plain contradictions, not all there are. */
    static boolean impossible(ClauseNode node) {
        if (node instanceof Leaf leaf) {
            Comparison test = leaf.comparison();
            return test != null && test.subject == null && test.among;
        }
        if (node instanceof Not not) {
            return certain(not.part());
        }
        Several several = (Several) node;
        if (several.deciding()) {
            return several.parts().stream().allMatch(Comparison::impossible);
        }
        return several.parts().stream().anyMatch(Comparison::impossible)
                || subjects(several, new HashSet<>()).stream()
                        .anyMatch(subject ->
                                possible(several, subject).filter(Set::isEmpty).isPresent());
    }

    /** Whether every message fulfils it. */
    static boolean certain(ClauseNode node) {
        if (node instanceof Leaf leaf) {
            Comparison test = leaf.comparison();
            return test != null && test.subject == null && !test.among;
        }
        if (node instanceof Not not) {
            return impossible(not.part());
        }
        Several several = (Several) node;
        return several.deciding()
                ? several.parts().stream().anyMatch(Comparison::certain)
                : several.parts().stream().allMatch(Comparison::certain);
    }

    private static Set<String> subjects(ClauseNode node, Set<String> found) {
        if (node instanceof Leaf leaf && leaf.comparison() != null && leaf.comparison().subject != null) {
            found.add(leaf.comparison().subject);
        } else if (node instanceof Several several) {
            several.parts().forEach(part -> subjects(part, found));
        }
        return found;
    }

    private static Optional<Set<String>> union(List<ClauseNode> parts, String subject) {
        Set<String> all = new HashSet<>();
        for (ClauseNode part : parts) {
            if (part instanceof Leaf && impossible(part)) {
                continue;
            }
            Optional<Set<String>> values = possible(part, subject);
            if (values.isEmpty()) {
                return Optional.empty();
            }
            all.addAll(values.get());
        }
        return Optional.of(all);
    }

    private static Optional<Set<String>> intersection(List<ClauseNode> parts, String subject) {
        Set<String> left = null;
        for (ClauseNode part : parts) {
            Optional<Set<String>> values = possible(part, subject);
            if (values.isPresent()) {
                if (left == null) {
                    left = new HashSet<>(values.get());
                } else {
                    left.retainAll(values.get());
                }
            }
        }
        if (left == null) {
            return Optional.empty();
        }
        for (ClauseNode part : parts) {
            Comparison test = part instanceof Leaf leaf ? leaf.comparison() : null;
            if (test != null && !test.among && subject.equals(test.subject)) {
                left.removeAll(test.values);
            }
        }
        return Optional.of(left);
    }
}
