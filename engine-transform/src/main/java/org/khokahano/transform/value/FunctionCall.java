package org.khokahano.transform.value;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** A function's name and arguments as they are written: {@code replace('[^0-9]', '')}. */
final class FunctionCall {
    private static final int MOST_ARGUMENTS = 8;

    private final String written;
    private final String name;
    private final List<String> arguments = new ArrayList<>();
    private final List<Integer> offsets = new ArrayList<>();

    private FunctionCall(String written, String name) {
        this.written = written;
        this.name = name;
    }

    static FunctionCall parse(String text) throws InvalidFunctionException {
        int bracket = text.indexOf('(');
        String name = (bracket < 0 ? text : text.substring(0, bracket)).strip();
        FunctionCall call = new FunctionCall(text, name);
        if (bracket >= 0) {
            call.readArguments(bracket + 1);
        }
        return call;
    }

    private void readArguments(int from) throws InvalidFunctionException {
        int at = from;
        while (true) {
            at = skipBlanks(at);
            if (at < written.length() && written.charAt(at) == ')' && arguments.isEmpty()) {
                break;
            }
            at = skipBlanks(argument(at));
            if (arguments.size() > MOST_ARGUMENTS) {
                throw new InvalidFunctionException(from, "there are too many arguments", "");
            }
            if (at >= written.length()) {
                throw new InvalidFunctionException(written.length(), "a closing bracket is missing", "write ...)");
            }
            if (written.charAt(at) == ')') {
                break;
            }
            if (written.charAt(at) != ',') {
                throw new InvalidFunctionException(at, "a comma or a closing bracket is missing", "");
            }
            at++;
        }
        if (skipBlanks(at + 1) < written.length()) {
            throw new InvalidFunctionException(
                    at + 1,
                    "something follows the closing bracket",
                    "write several functions as a list: [trim, upper]");
        }
    }

    private int argument(int from) throws InvalidFunctionException {
        offsets.add(from);
        char quote = from < written.length() ? written.charAt(from) : ' ';
        if (quote != '\'' && quote != '"') {
            int at = from;
            while (at < written.length() && written.charAt(at) != ',' && written.charAt(at) != ')') {
                at++;
            }
            arguments.add(written.substring(from, at).strip());
            return at;
        }
        StringBuilder text = new StringBuilder();
        for (int at = from + 1; at < written.length(); at++) {
            char character = written.charAt(at);
            if (character == '\\' && at + 1 < written.length() && written.charAt(at + 1) == quote) {
                text.append(quote);
                at++;
            } else if (character == quote) {
                arguments.add(text.toString());
                return at + 1;
            } else {
                text.append(character);
            }
        }
        throw new InvalidFunctionException(from, "a closing quote is missing", "");
    }

    private int skipBlanks(int from) {
        int at = from;
        while (at < written.length() && written.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    String name() {
        return name;
    }

    int count() {
        return arguments.size();
    }

    String text(int argument) {
        return arguments.get(argument);
    }

    void expect(int least, int most, String form) throws InvalidFunctionException {
        if (count() < least || count() > most) {
            String how = least == most ? String.valueOf(least) : least + " or " + most;
            throw new InvalidFunctionException(
                    0,
                    "'" + name + "' takes "
                            + (most == 0 ? "no arguments" : how + (most == 1 ? " argument" : " arguments")) + ", not "
                            + count(),
                    "write " + form);
        }
    }

    int number(int argument, int least, int most) throws InvalidFunctionException {
        String text = text(argument);
        if (text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw invalid(argument, "'" + text + "' is not a number from " + least + " to " + most, "");
    }

    DateTimeFormatter datePattern(int argument) throws InvalidFunctionException {
        String text = text(argument);
        try {
            return DateFunction.formatter(text);
        } catch (IllegalArgumentException wrong) {
            throw invalid(
                    argument,
                    "'" + text + "' is not a pattern of a date",
                    "yyyy MM dd HH mm ss SSS and Z, such as yyyyMMddHHmm");
        }
    }

    InvalidFunctionException invalid(int argument, String message, String hint) {
        return new InvalidFunctionException(offsets.get(argument), message, hint);
    }
}
