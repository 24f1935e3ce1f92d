package org.khokahano.corpus;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.khokahano.corpus.CorpusRun.End;
import org.khokahano.corpus.CorpusRun.Result;

/** Writes docs/corpus.md: counts, names of public projects, reasons; nothing that a message holds. */
final class CorpusReport {

    /** Types and places with fewer messages stand together in one line. */
    private static final int FEW = 5;

    private static final String HEAD = """
            # The public messages

            <!-- Generated: run CorpusReportTest with -Dkhoka.docs.update=true where the corpus is. -->

            What becomes of %,d public HL7 v2 messages of %d projects at a listener with its defaults that validates
            `structure`, `dataTypes` and `tables` as errors and holds what breaks them (`onError: hold`; with `reject` the
            held would be answered with AE). Many of them were made to be wrong: tests of parsers, inputs of a fuzzer,
            examples cut from documents. A batch counts as one message, and as rejected where one of its messages is.

            | | messages | |
            |---|---|---|
            | accepted | %,d | forwarded at once |
            | held | %,d | stored and acknowledged; an operator decides |
            | rejected | %,d | answered with AR where an answer is right, and kept in quarantine |
            | byte-exact | %,d | what is forwarded or held is what came in, byte for byte: of those that are stored, %s |
            | HAPI parses | %,d | with its default validation |
            | HAPI byte-exact | %,d | of those: parsed and encoded again, with carriage returns at the ends of segments |

            Each column below counts messages: *exact* those that go out, or wait, as they came; *HAPI* those that HAPI
            2.6.0 parses with its default validation; *HAPI exact* those that it gives back as they were.
            """;

    private final List<Result> results;

    CorpusReport(List<Result> results) {
        this.results = results;
    }

    String write() {
        StringBuilder page = new StringBuilder(head());
        page.append("\n## By source\n\n");
        table(page, "source", result -> result.entry().source(), 0);
        page.append("\n## By type\n\n");
        table(page, "type", result -> result.entry().type(), FEW);
        page.append("\n## Why messages are rejected\n\n| reason | messages | why that is right |\n|---|---|---|\n");
        counted(of(End.REJECTED).flatMap(result -> result.reasons().stream()))
                .forEach((code, count) ->
                        page.append("| `%s` | %d | %s |\n".formatted(code, count, Reasons.ofRejection(code))));
        page.append("\n## Why messages are held\n\n| rule | messages | why that is right |\n|---|---|---|\n");
        counted(of(End.HELD)
                        .flatMap(result -> result.reasons().stream()
                                .map(CorpusReport::rule)
                                .distinct()))
                .forEach((rule, count) ->
                        page.append("| `%s` | %d | %s |\n".formatted(rule, count, Reasons.ofRule(rule))));
        page.append("\nWhere, with the number of messages:\n\n| rule | places |\n|---|---|\n");
        Reasons.rules().forEach(rule -> page.append("| `%s` | %s |\n".formatted(rule, places(rule))));
        return page.toString();
    }

    private String head() {
        long exact = count(Result::exact);
        long stored = count(result -> result.end() != End.REJECTED);
        long exactOfStored = count(result -> result.end() != End.REJECTED && result.exact());
        return String.format(
                Locale.ROOT,
                HEAD,
                results.size(),
                results.stream()
                        .map(result -> result.entry().source())
                        .distinct()
                        .count(),
                count(result -> result.end() == End.ACCEPTED),
                count(result -> result.end() == End.HELD),
                count(result -> result.end() == End.REJECTED),
                exact,
                exactOfStored == stored ? "all" : String.format(Locale.ROOT, "%,d of %,d", exactOfStored, stored),
                count(result -> result.hapi().parsed()),
                count(result -> result.hapi().exact()));
    }

    private long count(Predicate<Result> which) {
        return results.stream().filter(which).count();
    }

    private Stream<Result> of(End end) {
        return results.stream().filter(result -> result.end() == end);
    }

    private static String rule(String reason) {
        return reason.substring(0, reason.indexOf(' '));
    }

    private void table(StringBuilder page, String what, Function<Result, String> by, int atLeast) {
        page.append("| ")
                .append(what)
                .append(" | messages | accepted | held | rejected | exact | HAPI | HAPI exact |\n");
        page.append("|---|---|---|---|---|---|---|---|\n");
        Map<String, List<Result>> groups =
                results.stream().collect(Collectors.groupingBy(by, TreeMap::new, Collectors.toList()));
        List<Result> few = groups.values().stream()
                .filter(group -> group.size() < atLeast)
                .flatMap(List::stream)
                .toList();
        groups.forEach((name, group) -> {
            if (group.size() >= atLeast) {
                line(page, name, group);
            }
        });
        if (!few.isEmpty()) {
            line(page, "others, of fewer than " + atLeast + " messages", few);
        }
    }

    private static void line(StringBuilder page, String name, List<Result> group) {
        CorpusReport part = new CorpusReport(group);
        page.append("| %s | %d | %d | %d | %d | %d | %d | %d |\n"
                .formatted(
                        name,
                        group.size(),
                        part.count(result -> result.end() == End.ACCEPTED),
                        part.count(result -> result.end() == End.HELD),
                        part.count(result -> result.end() == End.REJECTED),
                        part.count(Result::exact),
                        part.count(result -> result.hapi().parsed()),
                        part.count(result -> result.hapi().exact())));
    }

    /** The places of a rule, those that most messages break first. */
    private String places(String rule) {
        Map<String, Long> places = counted(of(End.HELD)
                .flatMap(result -> result.reasons().stream())
                .filter(reason -> rule(reason).equals(rule))
                .map(reason -> reason.substring(rule.length() + " at ".length())));
        long few = places.values().stream().filter(count -> count < FEW).count();
        String many = places.entrySet().stream()
                .filter(place -> place.getValue() >= FEW)
                .map(place -> place.getKey() + " " + place.getValue())
                .collect(Collectors.joining(", "));
        return few == 0 ? many : many + ", and " + few + " places with fewer than " + FEW + " each";
    }

    /** How often each occurs, the most frequent first. */
    private static Map<String, Long> counted(Stream<String> all) {
        Comparator<Map.Entry<String, Long>> order = Map.Entry.comparingByValue(Comparator.reverseOrder());
        return all.collect(Collectors.groupingBy(Function.identity(), Collectors.counting())).entrySet().stream()
                .sorted(order.thenComparing(Map.Entry.comparingByKey()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, java.util.LinkedHashMap::new));
    }
}
