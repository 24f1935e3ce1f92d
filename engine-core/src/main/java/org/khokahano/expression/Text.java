package org.khokahano.expression;

import java.util.ArrayList;
import java.util.List;
import org.khokahano.expression.MessageInput.HeaderField;
import org.khokahano.message.MessagePath;

/**
 * Text that an expression reads or puts together. What most expressions are made of is evaluated here,
 * with its paths parsed beforehand; only the rest goes through CEL's interpreter, which costs some ten
 * times as much.
 */
@FunctionalInterface
interface Text {

    String in(ExpressionInput input) throws FailedExpressionException;

    record Constant(String value) implements Text {
        @Override
        public String in(ExpressionInput input) {
            return value;
        }
    }

    record Header(boolean received, HeaderField field) implements Text {
        @Override
        public String in(ExpressionInput input) {
            return (received ? input.received() : input.message()).header(field);
        }
    }

    record AtPath(boolean received, MessagePath path) implements Text {
        @Override
        public String in(ExpressionInput input) {
            return (received ? input.received() : input.message()).value(path);
        }
    }

    record Joined(List<Text> parts) implements Text {
        static Joined of(Text left, Text right) {
            List<Text> parts = new ArrayList<>();
            for (Text part : List.of(left, right)) {
                if (part instanceof Joined joined) {
                    parts.addAll(joined.parts);
                } else {
                    parts.add(part);
                }
            }
            return new Joined(List.copyOf(parts));
        }

        @Override
        public String in(ExpressionInput input) throws FailedExpressionException {
            StringBuilder joined = new StringBuilder();
            for (Text part : parts) {
                joined.append(part.in(input));
            }
            return joined.toString();
        }
    }

    record Chosen(ClauseNode when, Text yes, Text no) implements Text {
        @Override
        public String in(ExpressionInput input) throws FailedExpressionException {
            return when.test(input) ? yes.in(input) : no.in(input);
        }
    }

    /** What a table says to a code: its target or its name. */
    record Translated(String table, Text code, Text system, boolean display) implements Text {
        @Override
        public String in(ExpressionInput input) throws FailedExpressionException {
            TableInput table = input.table(this.table);
            String codeNow = code.in(input);
            String systemNow = system.in(input);
            return display ? table.display(codeNow, systemNow) : table.target(codeNow, systemNow);
        }
    }
}
