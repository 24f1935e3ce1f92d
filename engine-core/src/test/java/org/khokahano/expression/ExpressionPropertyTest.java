package org.khokahano.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelRuntime;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.expression.ConditionTrace.Result;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.route.Origin;
import org.khokahano.table.CodeRow;
import org.khokahano.table.CodeTableBuilder;
import org.khokahano.table.CodeTables;
import org.khokahano.table.Period;

/**
 * Expressions that are taken apart say what CEL's interpreter says to the whole, errors included. Longer
 * with {@code -Dkhoka.expressions=200000}, the same again with {@code -Dkhoka.expressions.seed}.
 */
@Tag("unit")
class ExpressionPropertyTest {
    private static final int EXPRESSIONS = Integer.getInteger("khoka.expressions", 300);
    private static final int MESSAGES = 8;
    private static final Origin ORIGIN = new Origin("ehr", "QMMH", 1_790_000_000_000L);
    private static final CodeTables TABLES = tables();
    private static final String FAILED = "failed";

    private final long seed = Long.getLong("khoka.expressions.seed", System.nanoTime());
    private final RandomExpressions expressions = new RandomExpressions(new Random(seed));
    private final ExpressionCompiler compiler = new ExpressionCompiler(TABLES.names());
    private final CelCompiler whole = CelEnvironment.compiler();
    private final CelRuntime interpreter = CelEnvironment.runtime(ExpressionCompiler.MAX_ITERATIONS);

    @Test
    @DisplayName("A condition is true, false or failed for each message as CEL says to the whole expression")
    void shouldSayWhatCelSaysToTheWholeCondition() throws Exception {
        int decided = 0;
        for (int i = 0; i < EXPRESSIONS; i++) {
            String text = expressions.condition(i % 4);
            Condition condition = compiler.condition(text);
            CelProgram plain = plain(text);
            for (Message message : messages()) {
                ExpressionInput input = input(message);
                String expected = wholeResult(plain, input);
                decided += expected.equals(FAILED) ? 0 : 1;
                assertThat(result(condition, input)).as(where(text, message)).isEqualTo(expected);
                assertThat(named(condition.trace(input).result()))
                        .as("trace of %s", where(text, message))
                        .isEqualTo(expected);
                assertForeseen(condition, expected, message);
            }
        }
        assertThat(decided).as("conditions that are true or false").isGreaterThan(EXPRESSIONS * MESSAGES / 4);
    }

    @Test
    @DisplayName("A value is for each message what CEL makes of the whole expression")
    void shouldMakeWhatCelMakesOfTheWholeValue() throws Exception {
        for (int i = 0; i < EXPRESSIONS; i++) {
            String text = expressions.text(1 + i % 3);
            ValueExpression value = compiler.value(text);
            CelProgram plain = plain(text);
            for (Message message : messages()) {
                ExpressionInput input = input(message);
                assertThat(result(value, input)).as(where(text, message)).isEqualTo(wholeResult(plain, input));
            }
        }
    }

    /** What a condition is said to be before there is a message holds for each message. */
    private void assertForeseen(Condition condition, String result, Message message) {
        boolean yes = result.equals("true");
        assertThat(yes && condition.isNeverTrue())
                .as("never true: %s", where(condition.text(), message))
                .isFalse();
        assertThat(!yes && condition.isAlwaysTrue())
                .as("always true: %s", where(condition.text(), message))
                .isFalse();
        for (String path : List.of("MSH-9.1", "MSH-3", "PID-3.1", "PID-8")) {
            condition
                    .possibleValues(path)
                    .filter(values -> yes)
                    .ifPresent(values -> assertThat(values)
                            .as("values of %s: %s", path, where(condition.text(), message))
                            .contains(message.get(MessagePath.parse(path))));
        }
    }

    private List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        while (messages.size() < MESSAGES) {
            try {
                messages.add(Message.read(expressions.message().getBytes(StandardCharsets.UTF_8)));
            } catch (UnreadableMessageException e) {
                // Another one, then.
                continue;
            }
        }
        return messages;
    }

    private CelProgram plain(String text) throws Exception {
        CelAbstractSyntaxTree tree = whole.compile(text).getAst();
        return new CelProgram(interpreter.createProgram(tree));
    }

    private static ExpressionInput input(Message message) {
        return ExpressionInput.of(message, ORIGIN, TABLES);
    }

    private static String wholeResult(CelProgram plain, ExpressionInput input) {
        try {
            return String.valueOf(plain.in(input));
        } catch (FailedExpressionException e) {
            return FAILED;
        }
    }

    private static String result(Condition condition, ExpressionInput input) {
        try {
            return String.valueOf(condition.matches(input));
        } catch (FailedExpressionException e) {
            return FAILED;
        }
    }

    private static String result(ValueExpression value, ExpressionInput input) {
        try {
            return value.of(input);
        } catch (FailedExpressionException e) {
            return FAILED;
        }
    }

    private static String named(Result result) {
        return switch (result) {
            case TRUE -> "true";
            case FALSE -> "false";
            case FAILED -> FAILED;
        };
    }

    private String where(String text, Message message) {
        return "-Dkhoka.expressions.seed=" + seed + ": " + text + " for\n"
                + new String(message.bytes(), StandardCharsets.UTF_8).replace('\r', '\n');
    }

    private static CodeTables tables() {
        CodeTableBuilder units = new CodeTableBuilder("units");
        units.add(new CodeRow(2, "QMMH", "MOH", "Queen Mamohato", "LS01", "NRL", "Lab one", Period.ALWAYS));
        units.add(new CodeRow(3, "A", "", "é", "\"\"", "", "", Period.ALWAYS));
        return new CodeTables(List.of(units.build()));
    }
}
