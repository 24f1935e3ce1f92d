package org.khokahano.letter;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
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
        List<KindCount> kinds = history.kinds().stream()
                .sorted(Comparator.comparing((KindCount kind) -> kind.kind().severity())
                        .thenComparing(KindCount::messages, Comparator.reverseOrder()))
                .toList();
        if (kinds.isEmpty()) {
            blocks.add(new Paragraph("Nothing was found. Thank you."));
        } else {
            blocks.add(new Heading(2, "What to mend, the gravest first"));
            int number = 0;
            for (KindCount kind : kinds.subList(0, Math.min(MOST_KINDS, kinds.size()))) {
                addKind(blocks, ++number, kind);
            }
            if (kinds.size() > MOST_KINDS || !history.complete()) {
                blocks.add(new Paragraph(
                        "There is more, which was found less often; we tell you of it when these are mended."));
            }
        }
        return format.write(blocks);
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
        return "At " + at(source.source()) + ": " + whole.messages() + " messages checked, " + whole.withFindings()
                + " with findings (" + percent(whole.withFindings(), whole.messages()) + "), among them "
                + whole.errors() + " errors, " + whole.warnings() + " warnings and " + whole.informations()
                + " remarks. " + development(source);
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

    private void addKind(List<Block> blocks, int number, KindCount kind) {
        String place =
                kind.kind().place().isEmpty() ? "the message" : kind.kind().place();
        Example latest = kind.latest();
        long checked = checked(kind.source());
        blocks.add(new Heading(3, number + ". " + place + ": " + latest.sentence()));
        List<Item> items = new ArrayList<>();
        items.add(new Item(
                "How often",
                "in " + kind.messages() + (checked == 0 ? "" : " of " + checked) + " messages"
                        + (checked == 0 ? "" : " (" + percent(kind.messages(), checked) + ")") + ", " + kind.findings()
                        + " times in all; in " + kind.recent() + " messages of the last 7 days, in " + kind.before()
                        + " of the 7 days before"));
        items.add(new Item("Example", example(latest)));
        items.add(new Item("How to mend it", Remedy.of(kind.kind())));
        items.add(new Item("Who asks for it", who(kind)));
        blocks.add(new Items(items));
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
        return latest.place() + " of the message that we received at "
                + TIME.format(Instant.ofEpochMilli(latest.atMillis()))
                + (controlId.isEmpty() ? "" : ", MSH-10 " + controlId) + " (with us number " + latest.id()
                + (latest.isQuarantined() ? " of those that we refused)" : ")");
    }

    private static String who(KindCount kind) {
        String layer = kind.kind().layer();
        String rules = layer.equals("hl7") ? "HL7 itself" : "the profile " + layer;
        String severity = switch (kind.kind().severity()) {
            case ERROR -> "an error";
            case WARNING -> "a warning";
            case INFORMATION -> "a remark";
        };
        return rules + ", rule " + kind.kind().rule() + ", as " + severity + "; checked at " + at(kind.source());
    }

    private static String percent(long some, long all) {
        return all == 0 ? "0 %" : String.format(Locale.ROOT, "%.1f %%", 100.0 * some / all);
    }
}
