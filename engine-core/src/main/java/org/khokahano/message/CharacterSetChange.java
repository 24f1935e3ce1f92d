package org.khokahano.message;

import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes messages in another character set, with its name in MSH-18 (R48, R49). Nothing is ever
 * replaced: what the other set cannot hold, and bytes that the message's own set does not have, are
 * told with their place (R50).
 */
public final class CharacterSetChange {

    private static final int CHARACTER_SET = 18;
    private static final MessagePath MSH_18 = MessagePath.parse("MSH-18");

    private final String name;
    private final TextEncoding target;

    private CharacterSetChange(String name, TextEncoding target) {
        this.name = name;
        this.target = target;
    }

    /** The names of HL7 table 0211 that a message can be written in, for people to choose from. */
    public static List<String> names() {
        return IntStream.concat(IntStream.rangeClosed(1, 9), IntStream.of(15))
                .mapToObj(part -> "8859/" + part)
                .collect(Collectors.collectingAndThen(Collectors.toList(), parts -> {
                    parts.add(0, "ASCII");
                    parts.add("UNICODE UTF-8");
                    return List.copyOf(parts);
                }));
    }

    /**
     * A change to that character set.
     *
     * @param name as in HL7 table 0211, and as MSH-18 will say it: one of {@link #names}
     * @throws IllegalArgumentException where it is none of them
     */
    public static CharacterSetChange to(String name) {
        TextEncoding target = names().contains(name) ? CharacterSets.declared(name, "") : null;
        if (target == null) {
            throw new IllegalArgumentException("no character set that messages are written in: " + name);
        }
        return new CharacterSetChange(name, target);
    }

    /** What came of it: the bytes, or why there are none, with the place and without content. */
    public sealed interface Outcome {
        /** The message in the other character set; the very bytes where nothing had to change. */
        record Changed(byte[] bytes) implements Outcome {}

        /** It cannot be said. */
        record Unsayable(String reason) implements Outcome {}
    }

    /** Changes a message; whatever stands in it, this does not throw. */
    public Outcome change(Message message) {
        byte[] bytes = message.bytes();
        TextEncoding own = message.messageText().encoding();
        if (ByteSearch.isAscii(bytes, 0, bytes.length)
                && own.isAscii()
                && message.messageText().isKnown()) {
            // ASCII is the same in every one of these sets, and MSH-18 says so already.
            return new Outcome.Changed(bytes);
        }
        if (!message.messageText().isKnown()) {
            return new Outcome.Unsayable(
                    "MSH-18 names a character set that is not known, and the message is not ASCII");
        }
        if (own.equals(target) && isNamed(message) && own.canDecode(bytes, message.start(), message.end())) {
            return new Outcome.Changed(bytes);
        }
        return written(message, own);
    }

    private boolean isNamed(Message message) {
        return message.header().raw(CHARACTER_SET).length == name.length()
                && message.get(MSH_18).equals(name);
    }

    private Outcome written(Message message, TextEncoding own) {
        byte[] bytes = message.bytes();
        if (!own.canDecode(bytes, message.start(), message.end())) {
            return new Outcome.Unsayable("the message has bytes that its own character set does not have"
                    + place(message, segment -> !own.canDecode(bytes, segment.from(), segment.to())));
        }
        String text = own.decode(bytes, message.start(), message.end());
        try {
            return new Outcome.Changed(target.encode(CharacterSetLabel.first(text, name)));
        } catch (CharacterCodingException e) {
            return new Outcome.Unsayable("a character that " + name + " does not have"
                    + place(message, segment -> !holds(own.decode(bytes, segment.from(), segment.to()))));
        }
    }

    private boolean holds(String text) {
        return target.charset().newEncoder().canEncode(text);
    }

    /** A stretch of the message's bytes. */
    private record Stretch(int from, int to) {}

    private interface Test {
        boolean holds(Stretch stretch);
    }

    /** Where it is: the first field in which the test holds. */
    private static String place(Message message, Test test) {
        SegmentIndex segments = message.index();
        for (int position = 0; position < segments.count(); position++) {
            int from = segments.start(position);
            int to = segments.end(position);
            if (test.holds(new Stretch(from, to))) {
                String segment = SegmentNames.text(segments.code(position));
                int occurrence = 1;
                for (int earlier = 0; earlier < position; earlier++) {
                    occurrence += segments.code(earlier) == segments.code(position) ? 1 : 0;
                }
                String place = occurrence == 1 ? segment : segment + '[' + occurrence + ']';
                return " at " + place + field(message, from, to, segment, test);
            }
        }
        return "";
    }

    private static String field(Message message, int from, int to, String segment, Test test) {
        byte[] scan = message.source().scan;
        int separator = message.delimiters().field();
        int number = segment.equals("MSH") ? 0 : -1;
        int begin = from;
        for (int at = from; at <= to; at++) {
            if (at == to || (scan[at] & 0xFF) == separator) {
                number++;
                if (test.holds(new Stretch(begin, at))) {
                    return number > 0 ? "-" + number : "";
                }
                begin = at + 1;
            }
        }
        return "";
    }
}
