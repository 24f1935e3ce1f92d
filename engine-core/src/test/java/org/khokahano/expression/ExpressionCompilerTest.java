package org.khokahano.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.khokahano.message.Message;
import org.khokahano.route.Origin;
import org.khokahano.table.CodeRow;
import org.khokahano.table.CodeTableBuilder;
import org.khokahano.table.CodeTables;
import org.khokahano.table.Period;

@Tag("unit")
class ExpressionCompilerTest {

    private static final Origin ORIGIN = new Origin("ehr", "QMMH", 1_790_000_000_000L);
    private static final CodeTables TABLES = tables();
    private static final ExpressionCompiler COMPILER = new ExpressionCompiler(TABLES.names());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "msg.type == 'OML' && msg.event == 'O21'",
                "msg.structure == 'OML_O21'",
                "msg.version.startsWith('2.5')",
                "msg.processingId in ['P', 'T']",
                "msg.sendingApplication == 'EHR' && msg.sendingFacility == 'QMMH'",
                "msg.receivingApplication + '/' + msg.receivingFacility == 'HUB/NRL'",
                "msg.controlId.size() == 2",
                "msg['PID-3[1].4'] == 'QMMH'",
                "msg['PID-3[2].1'] == '990011'",
                "msg['PV1-2'] == 'E' || msg['ZZZ-1'] == ''",
                "msg.all('OBX-3.1').exists(code, code == '6690-2')",
                "msg.all('OBX-3.1').all(code, code.matches('^[0-9]+-[0-9]$'))",
                "msg.all('PID-3.4') == ['QMMH', 'NID']",
                "size(msg.all('NTE-3')) == 0",
                "listener == 'ehr' && facility == 'QMMH'",
                "int(msg['OBX[2]-5']) < 10",
                "received['PID-3[1].4'] == msg['PID-3.4'] && received.type == 'OML'",
                "table('units').has(msg['PID-3[1].4']) && !table('units').has('XX')",
                "table('units').has('QMMH', 'MOH') && table('units').map('QMMH', 'MOH') == 'LS01'",
                "table('units').map(msg.sendingFacility) == 'LS01' && table('units').map('XX') == ''",
                "table('units').display('QMMH') == 'Queen Mamohato'",
                "msg.all('PID-3.4').exists(unit, table('units').map(unit) == 'LS01')",
                "['a'].map(x, x + 'b') == ['ab']",
                "(msg.type == 'X' ? 'a' : 'b') == 'b'",
                "msg.all('NTE-3')[0] == 'x' || msg.type == 'OML'",
                "!(msg.all('NTE-3')[0] == 'x' && msg.type == 'X')",
                "msg.type.contains('M') && msg.type.startsWith('O') && msg.type.endsWith('L')",
            })
    @DisplayName("Each variable and function of a condition reads the message")
    void shouldReadTheMessage(String condition) throws Exception {
        assertThat(matches(condition, TestMessages.order())).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "msg.typo == 'A'; 1:5; there is no 'msg.typo'; did you mean 'msg.type'?",
                "['a'].exists(true); 1:13; 'exists' takes a name and an expression; the name stands for each value:"
                        + " msg.all('OBX-3.1').exists(code, code == '718-7')",
                "listner == 'A'; 1:1; there is no 'listner'; did you mean 'listener'?",
                "listener.size() > 2 && msg.evnt == 'x'; 1:28; there is no 'msg.evnt'; did you mean 'msg.event'?",
                "msg.type == 1; 1:10; values of different types are compared: (string, int); what a message says is text: put what it is"
                        + " compared with in quotes",
                "msg.type; 1:4; the condition is a string, not true or false; compare it with something",
                "msg['PID3'] == 'x'; 1:9; 'PID3' is not a path of a message; did you mean 'PID-3'?",
                "msg.all('OBX-').size() > 0; 1:14; 'OBX-' is not a path of a message; write segment, field and"
                        + " component: PID-3.1",
                "msg.type.matches('('); 1:18; not a regular expression: missing closing ); the syntax is RE2",
                "msg.all(1).size() > 0; 1:8; 'all' takes a path such as 'OBX-3.1', not msg.(int); ``",
                "table('unit').has('A'); 1:8; there is no code table 'unit'; did you mean 'units'?",
                "table(listener).has('A'); 1:7; the name of a code table is not put together; write it out:"
                        + " table('wards')",
                "table('units').has(1); 1:19; 'has' cannot be applied to table.(int); ``",
                "msg.type = 'ADT'; 1:10; '=' is no operator; did you mean '=='?",
                "true and false; 1:6; 'and' is no operator; did you mean '&&'?",
                "true OR false; 1:6; 'OR' is no operator; did you mean '||'?",
                "NOT true; 1:1; 'NOT' is no operator; did you mean '!'?",
                "true & false; 1:6; '&' is no operator; did you mean '&&'?",
                "true | false; 1:6; '|' is no operator; did you mean '||'?",
                "msg.type <> 'ADT'; 1:10; '<>' is no operator; did you mean '!='?",
                "msg.type == 'ADT; 1:13; this quote is not closed; write ' where the text ends",
                "msg.event in ['A01', 'and'; 1:14; this '[' is not closed; a ']' is missing",
                "true); 1:5; nothing is open that this ')' could close; remove it",
                "``; 1:1; the condition is empty; remove 'when' to take all messages",
            })
    @DisplayName("A mistake is told with its place in the expression and what was meant")
    void shouldTellMistakesWithTheirPlace(String condition, String place, String message, String hint) {
        InvalidExpressionException invalid = invalid(condition == null ? "" : condition);

        ExpressionProblem problem = invalid.problems().get(0);
        assertThat(problem.message()).isEqualTo(message);
        assertThat(problem.hint()).isEqualTo(hint == null ? "" : hint);
        assertThat(problem.line() + ":" + problem.column()).isEqualTo(place);
    }

    @Test
    @DisplayName("A syntax mistake on the second line is placed there")
    void shouldCountLines() {
        ExpressionProblem problem = invalid("msg.type ==\n  && true").problems().get(0);

        assertThat(problem.line()).isEqualTo(2);
        assertThat(problem.column()).isEqualTo(3);
        assertThat(problem.message()).startsWith("not a CEL expression: ");
    }

    @Test
    @DisplayName("An expression that is too long or too deep is refused when it is read")
    void shouldRefuseExpressionsOverTheLimits() {
        assertThat(invalid("true || " + "true || ".repeat(ExpressionCompiler.MAX_LENGTH / 8) + "true")
                        .problems())
                .isNotEmpty();
        int depth = ExpressionCompiler.MAX_DEPTH + 10;
        assertThat(invalid("(".repeat(depth) + "true" + ")".repeat(depth)).problems())
                .isNotEmpty();
        assertThat(invalid("msg.type.matches('(((a{100}){100}){100})')").problems())
                .isNotEmpty();
    }

    @Test
    @DisplayName("Loops within loops share one budget and end there")
    void shouldStopLoopsAtTheBudget() {
        Message large =
                TestMessages.message("MSH|^~\\&|A|B|C|D|1||ORU^R01|M1|P|2.5\r" + "OBX|1|NM|x||1\r".repeat(2_000));
        String nested = "msg.all('OBX-3').all(a, msg.all('OBX-3').all(b, a == b))";

        assertThatThrownBy(() -> matches(nested, large))
                .isInstanceOf(FailedExpressionException.class)
                .hasMessage("iterationBudgetExceeded");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "msg.all('NTE-3')[0] == 'x'; indexOutOfBounds",
                "int(msg['PID-5.1']) > 1; badFormat",
                "1 / int(msg.all('NTE-3').size()) > 1; divideByZero",
            })
    @DisplayName("R25 What cannot be evaluated fails with a code and none of the message's text")
    void shouldFailWithACode(String condition, String reason) {
        assertThatThrownBy(() -> matches(condition, TestMessages.order()))
                .isInstanceOf(FailedExpressionException.class)
                .hasMessage(reason);
    }

    @Test
    @DisplayName("A path that is put together while running and is none fails, and nothing else")
    void shouldFailOnAPathThatIsNone() {
        assertThatThrownBy(() -> matches("msg[listener] == ''", TestMessages.order()))
                .isInstanceOf(FailedExpressionException.class);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "msg.type + '/' + facility; OML/QMMH",
                "msg.all('PID-3.4').size(); 2",
                "msg.type == 'OML'; true",
                "1.50; 1.5",
                "2.0 * 1000000000.0; 2000000000",
                "msg.type == 'OML' ? 'order' : 'other'; order",
                "table('units').map(msg['PID-3.4']); LS01",
                "'' + string(2 + 3); 5",
            })
    @DisplayName("A value is text; numbers and booleans are written as text")
    void shouldWriteValues(String value, String expected) throws Exception {
        assertThat(COMPILER.value(value).of(ExpressionInput.of(TestMessages.order(), ORIGIN, TABLES)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "msg; 1:1; the value is a message, not text; name a field: msg['PID-3.1']",
                "msg.all('PID-3'); 1:8; the value is a list, not text; make text of it",
                "msg.type + 1; 1:10; '+' cannot be applied to (string, int); ``",
                "``; 1:1; the value is empty; write '' for an empty text",
            })
    @DisplayName("A value that is no text is refused with its place")
    void shouldRefuseValuesThatAreNoText(String value, String place, String message, String hint) {
        ExpressionProblem problem = catchThrowableOfType(
                        InvalidExpressionException.class, () -> COMPILER.value(value == null ? "" : value))
                .problems()
                .get(0);

        assertThat(problem.message()).isEqualTo(message);
        assertThat(problem.hint()).isEqualTo(hint == null ? "" : hint);
        assertThat(problem.line() + ":" + problem.column()).isEqualTo(place);
    }

    private static CodeTables tables() {
        CodeTableBuilder units = new CodeTableBuilder("units");
        units.add(new CodeRow(2, "QMMH", "MOH", "Queen Mamohato", "LS01", "NRL", "Lab one", Period.ALWAYS));
        return new CodeTables(List.of(units.build()));
    }

    private static boolean matches(String condition, Message message) throws Exception {
        return COMPILER.condition(condition).matches(ExpressionInput.of(message, ORIGIN, TABLES));
    }

    private static InvalidExpressionException invalid(String condition) {
        return catchThrowableOfType(InvalidExpressionException.class, () -> COMPILER.condition(condition));
    }
}
