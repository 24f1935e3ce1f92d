package org.khokahano.config.cases;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.khokahano.config.cases.CaseConfig.Expect;
import org.khokahano.config.read.NamedType;
import org.khokahano.config.read.OneOrMoreType;
import org.khokahano.config.read.PlacedType;
import org.khokahano.config.read.ScalarType;
import org.khokahano.config.read.Section;
import org.khokahano.config.read.Types;
import org.khokahano.message.InvalidPathException;
import org.khokahano.message.MessagePath;

/** All that can be said in the file of a case. */
public final class CaseDeclaration {
    private static final Pattern ANY_NAME = Pattern.compile(".+");

    private static final ScalarType<Long> TIME = ScalarType.of(
            "a time with its zone",
            "write it as 2026-11-22T21:10:00Z",
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(?:Z|[+-][0-9]{2}:[0-9]{2})",
            matcher -> {
                try {
                    Instant time = OffsetDateTime.parse(matcher.group()).toInstant();
                    return Optional.of(time.toEpochMilli());
                } catch (DateTimeParseException e) {
                    return Optional.empty();
                }
            });

    private static final ScalarType<MessagePath> PATH = ScalarType.of(
            "a place of a message", "write it as MSH-7, PID-3[2].1, OBX[*]-14 or ZPD", ".*\\S.*", matcher -> {
                try {
                    return Optional.of(MessagePath.parse(matcher.group()));
                } catch (InvalidPathException e) {
                    return Optional.empty();
                }
            });

    private static final Section<Expect> EXPECT = Section.of("expect", section -> {
        var ack = section.optional(
                "ack",
                Types.written("an acknowledgement code", "one of AA, AE, AR, CA, CE, CR and none", "[AC][AER]|none"),
                "MSA-1 of what the sender gets; none where it gets nothing.");
        var reject = section.optional(
                "reject", Types.text(), "The reason for which the message is not taken, as unsupportedType.");
        var answer = section.optional(
                "answer",
                new PlacedType<>(Types.text()),
                "What the sender gets: a file, or 'received' for the destination's answer as it came.");
        var destinations = section.field(
                "destinations",
                new NamedType<>(
                        "destination",
                        ANY_NAME,
                        "the destination's name",
                        new OneOrMoreType<>(new PlacedType<>(Types.text()), "files")),
                "{}",
                "What each destination gets: a file, several in order, or 'received' for the bytes as they came.");
        var held = section.field(
                "held",
                new NamedType<>("destination", ANY_NAME, "the destination's name", new PlacedType<>(Types.text())),
                "{}",
                "Destinations whose delivery is held, with a part of the reason.");
        var none = section.field("none", Types.flag(), "false", "Whether nothing goes out and nothing is held.");
        var findings = section.optional(
                "findings",
                Types.list(Types.text(), "findings"),
                "What is odd about the message and tolerated, as codes; not looked at if it is missing.");
        section.rule(values -> {
            boolean some = values.isWritten(destinations) || values.isWritten(held);
            if (none.in(values) && some) {
                values.error(none, "'none' says that nothing goes out", "remove it, or what is beside it");
            } else if (!some && !none.in(values) && !values.isWritten(reject)) {
                values.error(
                        ack,
                        "the case does not say where the message goes",
                        "write 'destinations', 'held', 'reject' or 'none: true'");
            }
        });
        return values -> new Expect(
                ack.in(values),
                reject.in(values),
                answer.in(values),
                destinations.in(values),
                held.in(values),
                none.in(values),
                findings.in(values));
    });

    /** The file of a case. */
    public static final Section<CaseConfig> CASE = Section.of("a case", section -> {
        var name = section.required("case", Types.text(), "What the case shows, in a few words.");
        var listener = section.required("listener", new PlacedType<>(Types.text()), "Where the message comes in.");
        var received = section.field(
                "received",
                TIME,
                "2026-01-01T00:00:00Z",
                "When it comes in; rows of code tables and dates go by this time.");
        var message = section.required(
                "message",
                new PlacedType<>(Types.text()),
                "The file with the message, relative to the case's, or the message itself.");
        var answer = section.optional(
                "answer",
                new PlacedType<>(Types.text()),
                "What the destination answers where the listener has a 'reply': a file, or the message itself.");
        var expect = section.required("expect", EXPECT, "What becomes of it.");
        var ignore = section.field(
                "ignore",
                Types.list(PATH, "places"),
                "[]",
                "Places of messages that are not compared, such as times and ids.");
        section.instead("name", "did you mean 'case'?");
        return values -> new CaseConfig(
                name.in(values),
                listener.in(values),
                received.in(values),
                message.in(values),
                answer.in(values),
                expect.in(values),
                ignore.in(values));
    });

    private CaseDeclaration() {}
}
