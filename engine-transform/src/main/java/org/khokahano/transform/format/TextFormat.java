package org.khokahano.transform.format;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.khokahano.format.FormatOutcome;
import org.khokahano.format.InputFormat;
import org.khokahano.format.InputRecord;
import org.khokahano.format.OutputFormat;
import org.khokahano.message.Message;
import org.khokahano.transform.format.TextTemplate.Each;
import org.khokahano.transform.format.TextTemplate.Literal;
import org.khokahano.transform.format.TextTemplate.Part;
import org.khokahano.transform.format.TextTemplate.Place;

/**
 * Text by a template: written by filling it in, read by finding what stands at its places. A place holds
 * text of one line. Reading takes time in proportion to the length of the input, whatever is in it.
 */
public final class TextFormat implements InputFormat, OutputFormat {

    private static final Set<String> MEDIA_TYPES = Set.of("text/plain");
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_ROWS = 10_000;

    private final MessageLayout layout;
    private final TextTemplate template;
    private final MessageMaker maker;
    private final Pattern whole;
    private final Pattern row;

    /** @param made what is made of a text: type, version and constants; fields and rows are the template's */
    public TextFormat(MessageLayout made, TextTemplate template) {
        Each each = template.each();
        RowLayout rows = each == null
                ? null
                : new RowLayout("", each.segment(), TextTemplate.places(each.parts()), List.of(), null);
        this.layout = new MessageLayout(
                made.type(),
                made.version(),
                TextTemplate.places(template.parts()),
                made.constants(),
                rows,
                made.required());
        this.template = template;
        this.maker = new MessageMaker(layout);
        this.whole = Pattern.compile(pattern(template.parts(), true), Pattern.DOTALL);
        this.row = Pattern.compile(each == null ? "" : pattern(each.parts(), true), Pattern.DOTALL);
    }

    /** What is filled in. */
    public TextTemplate template() {
        return template;
    }

    private static String pattern(List<Part> parts, boolean capturing) {
        StringBuilder pattern = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Literal literal) {
                pattern.append(Pattern.quote(literal.text()));
            } else if (part instanceof Place) {
                pattern.append(capturing ? "([^\\n]*?)" : "[^\\n]*?");
            } else {
                String inner = pattern(((Each) part).parts(), false);
                pattern.append("((?:").append(inner).append(")*)");
            }
        }
        return pattern.toString();
    }

    @Override
    public Set<String> mediaTypes() {
        return MEDIA_TYPES;
    }

    @Override
    public String mediaType() {
        return "text/plain; charset=utf-8";
    }

    @Override
    public List<InputRecord> read(byte[] input) {
        try {
            if (input.length > MOST_BYTES) {
                throw new RecordException("longer than the " + MOST_BYTES + " bytes that a text may have");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(input))
                    .toString();
            String plain = text.replace("\r\n", "\n").replace('\r', '\n').stripTrailing();
            return List.of(new InputRecord.Readable(message(plain)));
        } catch (CharacterCodingException e) {
            return List.of(new InputRecord.Unreadable(input, "the text is not in UTF-8"));
        } catch (RecordException e) {
            return List.of(new InputRecord.Unreadable(input, e.problem()));
        }
    }

    private Message message(String text) throws RecordException {
        Matcher matcher = whole.matcher(text);
        if (!matcher.matches()) {
            throw new RecordException(mismatch(text));
        }
        Map<String, String> fields = new LinkedHashMap<>();
        String block = values(template.parts(), matcher, fields);
        List<Function<String, String>> rows = new ArrayList<>();
        Each each = template.each();
        Matcher rowMatcher = row.matcher(block);
        for (int at = 0; each != null && at < block.length(); at = rowMatcher.end()) {
            if (!rowMatcher.find(at) || rowMatcher.end() == at || rows.size() == MOST_ROWS) {
                throw new RecordException("the block that repeats does not end, or comes too often");
            }
            Map<String, String> values = new LinkedHashMap<>();
            values(each.parts(), rowMatcher, values);
            rows.add(name -> values.getOrDefault(name, ""));
        }
        for (String name : layout.required()) {
            if (fields.getOrDefault(name, "").isEmpty()) {
                throw new RecordException(name + ": a value is missing");
            }
        }
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        return maker.make(name -> fields.getOrDefault(name, ""), rows, content, new Named(""));
    }

    /** Takes the values out of a match; answers the block that repeats, where there is one. */
    private static String values(List<Part> parts, Matcher matcher, Map<String, String> values) throws RecordException {
        int group = 0;
        String block = "";
        for (Part part : parts) {
            if (part instanceof Place place) {
                String value = String.valueOf(matcher.group(++group)).strip();
                String known = values.put(place.path().toString(), value);
                if (known != null && !known.equals(value)) {
                    throw new RecordException(place.path() + ": two places with different values");
                }
            } else if (part instanceof Each) {
                block = String.valueOf(matcher.group(++group));
            }
        }
        return block;
    }

    /** The first text of the template that is not there, as the line of the template where it stands. */
    private String mismatch(String text) {
        int line = 1;
        int at = 0;
        for (Part part : template.parts()) {
            if (part instanceof Literal literal) {
                int found = text.indexOf(literal.text(), at);
                if (found < 0) {
                    return "not as the template has it from its line " + line + " on";
                }
                at = found + literal.text().length();
                line += (int) literal.text().chars().filter(c -> c == '\n').count();
            } else if (part instanceof Each) {
                break;
            }
        }
        return "not as the template has it behind its line " + line;
    }

    @Override
    public FormatOutcome write(Message message) {
        MessageReading reading = new MessageReading(message, layout);
        String problem = reading.problem();
        if (!problem.isEmpty()) {
            return new FormatOutcome.Unsayable(problem);
        }
        StringBuilder text = new StringBuilder();
        for (Part part : template.parts()) {
            if (part instanceof Each each) {
                for (int index = 0; index < reading.rowCount(); index++) {
                    for (Part inner : each.parts()) {
                        int number = index;
                        write(text, inner, place -> reading.row(number, place));
                    }
                }
            } else {
                write(text, part, reading::field);
            }
        }
        return new FormatOutcome.Written(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void write(StringBuilder text, Part part, Function<FieldPlace, String> values) {
        if (part instanceof Literal literal) {
            text.append(literal.text());
        } else if (part instanceof Place place) {
            String value = values.apply(new FieldPlace(place.path().toString(), place.path()));
            text.append(value.equals("\"\"") ? "" : value);
        }
    }

    private record Named(String prefix) implements MessageMaker.Where {
        @Override
        public String field(String name) {
            return prefix + name;
        }

        @Override
        public MessageMaker.Where row(int index) {
            return new Named("row " + (index + 1) + ", ");
        }
    }
}
