package org.khokahano.letter;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.khokahano.letter.Block.Heading;
import org.khokahano.letter.Block.Items;
import org.khokahano.letter.Block.Items.Item;
import org.khokahano.letter.Block.Paragraph;
import org.khokahano.store.ConformanceCounts.Example;
import org.khokahano.store.ConformanceCounts.Source;
import org.khokahano.store.archive.ConformanceHistory;
import org.khokahano.store.archive.ConformanceHistory.Count;
import org.khokahano.store.archive.ConformanceHistory.KindCount;
import org.khokahano.store.archive.ConformanceHistory.SourceCount;
import org.khokahano.validation.JudgedMessage;
import org.khokahano.validation.Place;

/** Writes to a facility what of its messages does not follow the rules. Holds nothing of a message but MSH-10. */
public final class ConformanceLetter {

    /** Nobody mends more at once. */
    private static final int MOST_KINDS = 25;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final String facility;
    private final String engine;
    private final LocalDate from;
    private final LocalDate until;
    private final ConformanceHistory history;
    private final Function<Example, String> controlIds;

    /**
     * A letter that is still to be written.
     *
     * @param engine who writes
     * @param from the first day that it is about
     * @param until the last
     * @param history what was counted of the facility in that time
     * @param controlIds MSH-10 of an example; empty where it is not known any more
     */
    public ConformanceLetter(
            String facility,
            String engine,
            LocalDate from,
            LocalDate until,
            ConformanceHistory history,
            Function<Example, String> controlIds) {
        this.facility = facility;
        this.engine = engine;
        this.from = from;
        this.until = until;
        this.history = history;
        this.controlIds = controlIds;
    }

    public String write(LetterFormat format) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Heading(1, "HL7 messages from " + named(facility)));
        blocks.add(new Paragraph("From " + engine + ", about the days from " + from + " to " + until + " (UTC)."));
        blocks.add(new Paragraph("We check the messages that your systems send us. This letter says what in them does"
                + " not follow the rules that we agreed on, how often that was, and how it can be mended. It holds"
                + " nothing of what your messages say: examples are named by the time at which we received them, by"
                + " MSH-10, and by their number with us, so that you can find them in your own system."));
        blocks.add(new Heading(2, "In short"));
        history.sources().forEach(source -> blocks.add(new Paragraph(inShort(source))));
        List<List<KindCount>> kinds = kinds();
        if (kinds.isEmpty()) {
            blocks.add(new Paragraph("Nothing was found. Thank you."));
        } else {
            blocks.add(new Heading(2, "What to mend, the gravest first"));
            int number = 0;
            for (List<KindCount> kind : kinds.subList(0, Math.min(MOST_KINDS, kinds.size()))) {
                addKind(blocks, ++number, kind);
            }
            if (kinds.size() > MOST_KINDS || !history.complete()) {
                blocks.add(new Paragraph(
                        "There is more, which was found less often; we tell you of it when these are mended."));
            }
        }
        return format.write(blocks);
    }

    /** What an application has to mend: the same finding of a listener and of routes is one thing. */
    private List<List<KindCount>> kinds() {
        Map<Object, List<KindCount>> kinds = new LinkedHashMap<>();
        history.kinds().stream()
                .sorted(Comparator.comparing((KindCount kind) -> kind.kind().severity())
                        .thenComparing(KindCount::messages, Comparator.reverseOrder()))
                .forEach(kind -> kinds.computeIfAbsent(
                                List.of(kind.source().application(), kind.kind()), made -> new ArrayList<>())
                        .add(kind));
        return List.copyOf(kinds.values());
    }

    private static String named(String name) {
        return name.isEmpty() ? "a facility that does not name itself in MSH-4" : name;
    }

    private static String at(Source source) {
        String application = source.application().isEmpty() ? "" : " from " + source.application();
        return source.stage() + " " + source.name() + application;
    }

    private static String inShort(SourceCount source) {
        Count whole = source.whole();
        return "At " + at(source.source()) + ": " + count(whole.messages(), "message") + " checked, "
                + whole.withFindings()
                + " with findings (" + percent(whole.withFindings(), whole.messages()) + "), among them "
                + count(whole.errors(), "error") + ", " + count(whole.warnings(), "warning") + " and "
                + count(whole.informations(), "remark") + ". " + development(source);
    }

    private static String development(SourceCount source) {
        Count recent = source.recent();
        Count before = source.before();
        String now = "In the last 7 days it was " + of(recent) + ", in the 7 days before " + of(before);
        if (recent.messages() == 0 || before.messages() == 0) {
            return now + ".";
        }
        return now + ": " + Trend.of(share(recent), share(before)).words() + ".";
    }

    private static String of(Count count) {
        return count.messages() == 0
                ? "no message at all"
                : percent(count.withFindings(), count.messages()) + " (" + count.withFindings() + " of "
                        + count.messages() + ")";
    }

    private static double share(Count count) {
        return count.withFindings() / (double) count.messages();
    }

    private void addKind(List<Block> blocks, int number, List<KindCount> places) {
        KindCount kind = places.get(0);
        String place = kind.kind().place();
        Example latest = kind.latest();
        String what = place.isEmpty() ? capitalized(latest.sentence()) : place + ": " + latest.sentence();
        blocks.add(new Heading(3, number + ". " + what));
        List<Item> items = new ArrayList<>();
        places.forEach(each -> items.add(
                new Item(places.size() == 1 ? "How often" : "How often at " + at(each.source()), often(each))));
        items.add(new Item("Example", example(latest)));
        items.add(new Item("How to mend it", Remedy.of(kind.kind())));
        String checkedAt = places.stream().map(each -> at(each.source())).collect(Collectors.joining(" and "));
        items.add(new Item("Who asks for it", who(kind) + "; checked at " + checkedAt));
        blocks.add(new Items(items));
    }

    private static String capitalized(String sentence) {
        return sentence.isEmpty()
                ? sentence
                : sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }

    private String often(KindCount kind) {
        long checked = checked(kind.source());
        String share = checked == 0
                ? count(kind.messages(), "message")
                : kind.messages() + " of " + count(checked, "message") + " (" + percent(kind.messages(), checked) + ")";
        return "in " + share + ", " + count(kind.findings(), "time") + " in all; in "
                + count(kind.recent(), "message") + " of the last 7 days, in " + kind.before()
                + " of the 7 days before";
    }

    private static String count(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private long checked(Source source) {
        return history.sources().stream()
                .filter(each -> each.source().equals(source))
                .mapToLong(each -> each.whole().messages())
                .findFirst()
                .orElse(0);
    }

    private String example(Example latest) {
        String controlId = controlIds.apply(latest);
        String ours = latest.id() == JudgedMessage.NOT_KEPT
                ? " (a query)"
                : " (with us number " + latest.id() + (latest.isQuarantined() ? " of those that we refused)" : ")");
        boolean whole = latest.place().isEmpty() || latest.place().equals(Place.MESSAGE.toString());
        return (whole ? "The message" : latest.place() + " of the message") + " that we received at "
                + TIME.format(Instant.ofEpochMilli(latest.atMillis()))
                + (controlId.isEmpty() ? "" : ", MSH-10 " + controlId) + ours;
    }

    private static String who(KindCount kind) {
        String layer = kind.kind().layer();
        String rules = layer.equals("hl7") ? "HL7 itself" : "the profile " + layer;
        String severity = switch (kind.kind().severity()) {
            case ERROR -> "an error";
            case WARNING -> "a warning";
            case INFORMATION -> "a remark";
        };
        return rules + ", rule " + kind.kind().rule() + ", as " + severity;
    }

    private static String percent(long some, long all) {
        return all == 0 ? "0 %" : String.format(Locale.ROOT, "%.1f %%", 100.0 * some / all);
    }
}
