package org.khokahano.admin;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.khokahano.letter.ConformanceLetter;
import org.khokahano.letter.LetterFormat;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.store.ConformanceCounts.Example;
import org.khokahano.store.archive.ConformanceHistory;
import org.khokahano.store.archive.ConformanceQuery;
import org.khokahano.store.archive.MessageArchive;
import org.khokahano.validation.JudgedMessage;

/** What the API offers about the conformance of senders. */
final class ConformanceRoutes {

    private static final int USUAL_DAYS = 30;
    private static final int LETTER_KINDS = 200;

    private final Supplier<ShownEngine> engine;

    ConformanceRoutes(Supplier<ShownEngine> engine) {
        this.engine = engine;
    }

    List<ApiRoute> all() {
        return List.of(
                ApiRoute.get(
                        "/api/conformance",
                        "What validation counted of sending facilities (MSH-4): messages, findings, rates, and how they"
                                + " develop. Whole days, UTC.",
                        List.of(
                                ApiParameter.text("facility", "Only this facility, and then day by day, too."),
                                since(),
                                ApiParameter.limit()),
                        ConformanceView.class,
                        this::view),
                ApiRoute.get(
                        "/api/conformance/letter",
                        "A letter to a facility: what of its messages does not follow the rules, how often, an example"
                                + " each, and how to mend it. No content of messages.",
                        List.of(
                                new ApiParameter("facility", "string", true, "The facility (MSH-4)."),
                                since(),
                                ApiParameter.text("format", "text, html or markdown; text where it is not given.")),
                        ConformanceView.LetterView.class,
                        this::letter));
    }

    private static ApiParameter since() {
        return ApiParameter.text(
                "since", "From the day of this time on, ISO 8601; " + USUAL_DAYS + " days where it is not given.");
    }

    private ConformanceView view(ApiRequest request) {
        long today = today();
        long from = from(request, today);
        ConformanceQuery query = new ConformanceQuery(request.text("facility"), from, today, request.limit());
        return ConformanceView.of(
                LocalDate.ofEpochDay(from),
                LocalDate.ofEpochDay(today),
                archive().conformance(query));
    }

    private ConformanceView.LetterView letter(ApiRequest request) {
        String facility = Optional.ofNullable(request.text("facility")).orElse("");
        LetterFormat format = request.choice("format", LetterFormat.class).orElse(LetterFormat.TEXT);
        long today = today();
        LocalDate from = LocalDate.ofEpochDay(from(request, today));
        LocalDate until = LocalDate.ofEpochDay(today);
        ConformanceHistory history =
                archive().conformance(new ConformanceQuery(facility, from.toEpochDay(), today, LETTER_KINDS));
        if (history.sources().isEmpty()) {
            throw ApiException.notFound(
                    "nothing was validated of this facility in that time; /api/conformance lists those of which"
                            + " something was");
        }
        String name = engine.get().status().get().engine();
        String letter = new ConformanceLetter(facility, name, from, until, history, this::controlId).write(format);
        return new ConformanceView.LetterView(
                facility, from.toString(), until.toString(), format.name().toLowerCase(Locale.ROOT), letter);
    }

    /** MSH-10 tells a sender which message it is; empty where it is not kept any more. */
    private String controlId(Example example) {
        if (example.id() == JudgedMessage.NOT_KEPT) {
            return "";
        }
        if (!example.isQuarantined()) {
            return archive()
                    .message(example.id())
                    .map(message -> message.summary().keys().controlId())
                    .orElse("");
        }
        byte[] bytes =
                archive().quarantined(example.id()).map(input -> input.bytes()).orElse(null);
        try {
            return bytes == null ? "" : Message.read(bytes).header().controlId();
        } catch (UnreadableMessageException e) {
            return "";
        }
    }

    private MessageArchive archive() {
        return engine.get().desk().archive();
    }

    private static long today() {
        return day(System.currentTimeMillis());
    }

    private static long from(ApiRequest request, long today) {
        long otherwise = TimeUnit.DAYS.toMillis(today - USUAL_DAYS + 1);
        return Math.min(day(request.time("since", otherwise)), today);
    }

    private static long day(long millis) {
        return Math.floorDiv(millis, TimeUnit.DAYS.toMillis(1));
    }
}
