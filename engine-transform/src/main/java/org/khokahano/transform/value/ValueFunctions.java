package org.khokahano.transform.value;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what is written after {@code as:}. */
public final class ValueFunctions {
    private static final int MOST_PADDED = 10_000;
    private static final int LARGEST_PATTERN = 1_000;
    private static final int LARGEST_PROGRAM = 1_000;

    /** Longer than anything a replacement should make of a field. */
    private static final int LONGEST_TEXT = 16_000_000;

    /** The functions that there are, with their arguments. */
    public enum Kind {
        UPPER("upper"),
        LOWER("lower"),
        TRIM("trim"),
        DATE("date(yyyyMMdd) or date(dd/MM/yyyy, yyyyMMdd)"),
        PAD("pad(8, '0')"),
        PAD_RIGHT("padRight(8, ' ')"),
        SUBSTRING("substring(1, 3)"),
        REPLACE("replace('regex', 'with')"),
        EXTRACT("extract('regex')");

        private final String form;

        Kind(String form) {
            this.form = form;
        }

        /** The name in a configuration. */
        public String word() {
            int bracket = form.indexOf('(');
            return bracket < 0 ? form : form.substring(0, bracket);
        }

        /** An example of how it is written. */
        public String form() {
            return form;
        }
    }

    private ValueFunctions() {}

    /** The names of all functions. */
    public static List<String> words() {
        return Stream.of(Kind.values()).map(Kind::word).toList();
    }

    /**
     * Reads one function with its arguments, such as {@code pad(8, '0')}.
     *
     * @throws InvalidFunctionException with the place and what to write
     */
    public static ValueFunction parse(String text) throws InvalidFunctionException {
        FunctionCall call = FunctionCall.parse(text);
        Kind kind = Stream.of(Kind.values())
                .filter(each -> each.word().equals(call.name()))
                .findFirst()
                .orElseThrow(() -> new InvalidFunctionException(
                        0, "there is no function '" + call.name() + "'", "functions: " + String.join(", ", words())));
        return switch (kind) {
            case UPPER -> none(call, kind, value -> value.toUpperCase(Locale.ROOT));
            case LOWER -> none(call, kind, value -> value.toLowerCase(Locale.ROOT));
            case TRIM -> none(call, kind, String::strip);
            case DATE -> date(call, kind);
            case PAD -> pad(call, kind, true);
            case PAD_RIGHT -> pad(call, kind, false);
            case SUBSTRING -> substring(call, kind);
            case REPLACE -> replace(call, kind);
            case EXTRACT -> extract(call, kind);
        };
    }

    private static ValueFunction none(FunctionCall call, Kind kind, ValueFunction function)
            throws InvalidFunctionException {
        call.expect(0, 0, kind.form());
        return function;
    }

    private static ValueFunction date(FunctionCall call, Kind kind) throws InvalidFunctionException {
        call.expect(1, 2, kind.form());
        return call.count() == 1
                ? new DateFunction(null, call.datePattern(0))
                : new DateFunction(call.datePattern(0), call.datePattern(1));
    }

    private static ValueFunction pad(FunctionCall call, Kind kind, boolean left) throws InvalidFunctionException {
        call.expect(1, 2, kind.form());
        int length = call.number(0, 1, MOST_PADDED);
        String filler = call.count() == 2 ? call.text(1) : left ? "0" : " ";
        if (filler.length() != 1) {
            throw call.invalid(1, "it is filled with one character", "write " + kind.form());
        }
        return value -> {
            if (value.length() >= length) {
                return value;
            }
            String filling = filler.repeat(length - value.length());
            return left ? filling + value : value + filling;
        };
    }

    private static ValueFunction substring(FunctionCall call, Kind kind) throws InvalidFunctionException {
        call.expect(1, 2, kind.form());
        int first = call.number(0, 1, LONGEST_TEXT);
        int length = call.count() == 2 ? call.number(1, 1, LONGEST_TEXT) : LONGEST_TEXT;
        return value -> {
            int from = Math.min(first - 1, value.length());
            return value.substring(from, Math.min(value.length(), from + Math.min(length, value.length())));
        };
    }

    private static ValueFunction replace(FunctionCall call, Kind kind) throws InvalidFunctionException {
        call.expect(2, 2, kind.form());
        Pattern pattern = pattern(call);
        String with = call.text(1);
        try {
            pattern.matcher("").replaceAll(with);
            pattern.matcher(" ").appendReplacement(new StringBuffer(), with);
        } catch (IllegalStateException noMatch) {
            // Nothing matched a blank, so the replacement was not looked at; it is when it is used.
        } catch (RuntimeException wrong) {
            throw call.invalid(
                    1, "the replacement names a group that the expression has not", "groups are $1, $2, ...");
        }
        return value -> {
            try {
                String replaced = pattern.matcher(value).replaceAll(with);
                if (replaced.length() > LONGEST_TEXT) {
                    throw new ValueException("what it would write is longer than 16 million characters");
                }
                return replaced;
            } catch (IndexOutOfBoundsException | IllegalArgumentException wrong) {
                throw new ValueException("the replacement names a group that the expression has not");
            }
        };
    }

    private static ValueFunction extract(FunctionCall call, Kind kind) throws InvalidFunctionException {
        call.expect(1, 1, kind.form());
        Pattern pattern = pattern(call);
        return value -> {
            Matcher matcher = pattern.matcher(value);
            if (!matcher.find()) {
                return "";
            }
            String found = matcher.groupCount() == 0 ? matcher.group() : matcher.group(1);
            return found == null ? "" : found;
        };
    }

    private static Pattern pattern(FunctionCall call) throws InvalidFunctionException {
        String text = call.text(0);
        if (text.length() > LARGEST_PATTERN) {
            throw call.invalid(0, "the regular expression is longer than 1000 characters", "write a shorter one");
        }
        try {
            Pattern pattern = Pattern.compile(text);
            if (pattern.programSize() > LARGEST_PROGRAM) {
                throw call.invalid(0, "the regular expression is too large", "write smaller repetitions");
            }
            return pattern;
        } catch (PatternSyntaxException wrong) {
            throw call.invalid(0, "not a regular expression: " + wrong.getDescription(), "the syntax is RE2");
        }
    }

    /** All of them in one, applied in their order. */
    public static ValueFunction inOrder(List<ValueFunction> functions) {
        List<ValueFunction> all = new ArrayList<>(functions);
        if (all.size() == 1) {
            return all.get(0);
        }
        return value -> {
            String made = value;
            for (ValueFunction each : all) {
                made = made.isEmpty() ? made : each.apply(made);
            }
            return made;
        };
    }

    static String listed() {
        return Stream.of(Kind.values()).map(Kind::form).collect(Collectors.joining(", "));
    }
}
