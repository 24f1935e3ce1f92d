package org.khokahano.corpus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.khokahano.corpus.Judged.Fate;

/** What became of the public messages, as the page in docs. It names places and codes, and no content. */
final class CorpusReport {
    private static final int PLACES_NAMED = 12;
    private static final int TYPES_NAMED = 40;

    private final List<Judged> judged;
    private final StringBuilder page = new StringBuilder();

    CorpusReport(List<Judged> judged) {
        this.judged = List.copyOf(judged);
    }

    String page() {
        page.setLength(0);
        long files = judged.stream().map(Judged::file).distinct().count();
        page.append("""
                # The public messages

                <!-- Written by CorpusReportTest with -Dkhoka.docs.update=true. Not to be edited. -->

                %,d messages of %,d files that other projects publish (examples, test data, demonstrations; no real
                patients), through acceptance, validation by HL7 (structure and data types as errors, lengths and code
                tables as warnings), and two routes: one that changes nothing, and one with a mapping that writes what
                stands there already into many places. Beside it, what HAPI does with the same bytes.

                - **accepted**: stored, acknowledged with AA, delivered.
                - **held**: stored and acknowledged with AA; validation found an error, and the deliveries wait for
                  somebody. A listener may refuse them with AE in its place, or let them pass.
                - **rejected**: quarantined, and not acknowledged with AA.
                - **byte for byte**: of those that are not rejected, how many leave by both routes as they came.
                - **HAPI refuses**, **cannot parse**: PipeParser with its default validation, and with none. It does not
                  look at structure, so that it takes much that is held here.

                To make it again: `mvn -pl engine-server -am test -Dtest=CorpusReportTest \\
                -Dsurefire.failIfNoSpecifiedTests=false -Dkhoka.docs.update=true`, with `KHOKA_CORPUS` naming the
                directory of the messages.

                """.formatted(judged.size(), files));
        line("## By source\n");
        table(
                "source",
                Judged::source,
                Comparator.<Map.Entry<String, List<Judged>>, String>comparing(Map.Entry::getKey),
                Integer.MAX_VALUE);
        line("\n## By type\n");
        table("type", Judged::type, bySize(), TYPES_NAMED);
        line("\n## Why messages are rejected\n");
        reasons(Fate.REJECTED);
        line("\n## Why messages are held\n");
        line("By the gravest finding, the first where several are as grave.\n");
        reasons(Fate.HELD);
        line("\n## Where HAPI decides otherwise\n");
        differences();
        return page.toString();
    }

    private static Comparator<Map.Entry<String, List<Judged>>> bySize() {
        return Comparator.<Map.Entry<String, List<Judged>>>comparingInt(
                        each -> -each.getValue().size())
                .thenComparing(Map.Entry::getKey);
    }

    private void table(
            String title, Function<Judged, String> key, Comparator<Map.Entry<String, List<Judged>>> order, int most) {
        line("| " + title + " | messages | accepted | held | rejected | byte for byte | HAPI refuses | cannot parse |");
        line("|---|---|---|---|---|---|---|---|");
        List<Map.Entry<String, List<Judged>>> rows =
                grouped(judged, key).entrySet().stream().sorted(order).toList();
        rows.stream().limit(most).forEach(row -> row(row.getKey(), row.getValue()));
        if (rows.size() > most) {
            List<Judged> others = rows.stream()
                    .skip(most)
                    .flatMap(row -> row.getValue().stream())
                    .toList();
            row((rows.size() - most) + " others", others);
        }
        row("**all**", judged);
    }

    private void row(String name, List<Judged> of) {
        long out = count(of, each -> each.fate() != Fate.REJECTED);
        long exact = count(of, each -> each.fate() != Fate.REJECTED && each.exact());
        line("| " + name
                + " | " + of.size()
                + " | " + count(of, each -> each.fate() == Fate.ACCEPTED)
                + " | " + count(of, each -> each.fate() == Fate.HELD)
                + " | " + count(of, each -> each.fate() == Fate.REJECTED)
                + " | " + (exact == out ? "all" : exact + " of " + out)
                + " | " + count(of, each -> each.hapi() == HapiVerdict.REFUSES)
                + " | " + count(of, each -> each.hapi() == HapiVerdict.CANNOT_PARSE) + " |");
    }

    private void reasons(Fate fate) {
        line("| reason | messages | sources | why that is right |");
        line("|---|---|---|---|");
        List<Judged> with = judged.stream().filter(each -> each.fate() == fate).toList();
        List<Map.Entry<String, List<Judged>>> rows = grouped(with, Judged::reason).entrySet().stream()
                .sorted(bySize())
                .toList();
        for (Map.Entry<String, List<Judged>> row : rows) {
            long sources =
                    row.getValue().stream().map(Judged::source).distinct().count();
            line("| `" + row.getKey() + "` | " + row.getValue().size() + " | " + sources + " | "
                    + Justification.of(row.getValue().get(0)).orElse("**nobody has said yet**") + places(row.getValue())
                    + " |");
        }
    }

    private static String places(List<Judged> of) {
        List<Map.Entry<String, List<Judged>>> places =
                grouped(of.stream().filter(each -> !each.place().isEmpty()).toList(), Judged::place).entrySet().stream()
                        .sorted(bySize())
                        .toList();
        if (places.isEmpty()) {
            return "";
        }
        String named = places.stream()
                .limit(PLACES_NAMED)
                .map(each -> each.getKey() + " " + each.getValue().size())
                .collect(Collectors.joining(", "));
        int more = places.size() - PLACES_NAMED;
        return " Most often at: " + named + (more > 0 ? ", and " + more + " other places" : "") + ".";
    }

    private void differences() {
        line("| here | HAPI | messages |");
        line("|---|---|---|");
        for (Fate fate : Fate.values()) {
            for (HapiVerdict verdict : HapiVerdict.values()) {
                long both = count(judged, each -> each.fate() == fate && each.hapi() == verdict);
                if (both > 0) {
                    line("| " + fate.words() + " | " + verdict.words() + " | " + both + " |");
                }
            }
        }
    }

    private static Map<String, List<Judged>> grouped(List<Judged> of, Function<Judged, String> key) {
        return of.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toCollection(ArrayList::new)));
    }

    private static long count(List<Judged> of, Predicate<Judged> which) {
        return of.stream().filter(which).count();
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
