package org.khokahano.transform.format;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.message.InvalidPathException;
import org.khokahano.message.MessagePath;

/**
 * A text with places of a message in it: {@code {PID-3.1}}, and one block that repeats for each segment of
 * a name: <code>{each OBX}...{end}</code>.
 *
 * @param parts what it is made of, in order
 */
public record TextTemplate(List<Part> parts) {

    public TextTemplate {
        parts = List.copyOf(parts);
    }

    /** A piece of a template. */
    public sealed interface Part {}

    /** Text as it stands. */
    public record Literal(String text) implements Part {}

    /** A value of the message. */
    public record Place(MessagePath path) implements Part {}

    /** What repeats for each segment. */
    public record Each(String segment, List<Part> parts) implements Part {}

    /** What is wrong with a template. */
    public static final class InvalidTemplateException extends Exception {
        private static final long serialVersionUID = 1L;

        private final int line;

        InvalidTemplateException(int line, String problem) {
            super(problem);
            this.line = line;
        }

        /** Where, from 1. */
        public int line() {
            return line;
        }

        /** What. */
        public String problem() {
            return String.valueOf(getMessage());
        }
    }

    /** Reads a template. Its line breaks become single line feeds; those at its end do not count. */
    public static TextTemplate parse(String text) throws InvalidTemplateException {
        String plain = text.replace("\r\n", "\n").replace('\r', '\n').stripTrailing();
        List<Part> outer = new ArrayList<>();
        List<Part> inner = new ArrayList<>();
        String segment = "";
        boolean repeated = false;
        int at = 0;
        while (at < plain.length()) {
            int open = plain.indexOf('{', at);
            List<Part> current = segment.isEmpty() ? outer : inner;
            if (open != at) {
                current.add(new Literal(plain.substring(at, open < 0 ? plain.length() : open)));
            }
            if (open < 0) {
                break;
            }
            int line = (int) plain.substring(0, open)
                            .chars()
                            .filter(c -> c == '\n')
                            .count()
                    + 1;
            int close = plain.indexOf('}', open);
            if (close < 0) {
                throw new InvalidTemplateException(line, "a '{' without '}'");
            }
            String inside = plain.substring(open + 1, close).strip();
            at = close + 1;
            if (inside.startsWith("each ")) {
                if (repeated) {
                    throw new InvalidTemplateException(line, "a second {each}; a template has one at most");
                }
                repeated = true;
                segment = segment(inside.substring(5).strip(), line);
            } else if (inside.equals("end")) {
                if (segment.isEmpty()) {
                    throw new InvalidTemplateException(line, "an {end} without {each}");
                }
                outer.add(new Each(segment, List.copyOf(inner)));
                segment = "";
            } else {
                current.add(new Place(path(inside, line)));
            }
        }
        if (!segment.isEmpty()) {
            throw new InvalidTemplateException(1, "an {each} without {end}");
        }
        return new TextTemplate(outer);
    }

    private static String segment(String name, int line) throws InvalidTemplateException {
        if (!name.matches("[A-Z][A-Z0-9]{2}") || name.equals("MSH")) {
            throw new InvalidTemplateException(line, "'" + name + "' is not a segment that repeats");
        }
        return name;
    }

    private static MessagePath path(String text, int line) throws InvalidTemplateException {
        try {
            MessagePath path = MessagePath.parse(text);
            if (path.field() > 0 && path.occurrence() != MessagePath.EACH && path.repetition() != MessagePath.EACH) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new InvalidTemplateException(line, "'" + text + "' is not a path of a message");
        }
        throw new InvalidTemplateException(line, "'" + text + "' does not name one field");
    }

    /** The block that repeats, or null. */
    @Nullable
    Each each() {
        return parts.stream()
                .filter(Each.class::isInstance)
                .map(Each.class::cast)
                .findFirst()
                .orElse(null);
    }

    /** The places of a list of parts, each once. */
    static List<FieldPlace> places(List<Part> parts) {
        return parts.stream()
                .filter(Place.class::isInstance)
                .map(part -> ((Place) part).path())
                .distinct()
                .map(path -> new FieldPlace(path.toString(), path))
                .toList();
    }
}
