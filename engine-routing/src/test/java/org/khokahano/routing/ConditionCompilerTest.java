package org.khokahano.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.khokahano.message.Message;

@Tag("unit")
class ConditionCompilerTest {

    private static final ConditionCompiler COMPILER = new ConditionCompiler();

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
        InvalidConditionException invalid = invalid(condition == null ? "" : condition);

        ConditionProblem problem = invalid.problems().get(0);
        assertThat(problem.message()).isEqualTo(message);
        assertThat(problem.hint()).isEqualTo(hint == null ? "" : hint);
        assertThat(problem.line() + ":" + problem.column()).isEqualTo(place);
    }

    @Test
    @DisplayName("A syntax mistake on the second line is placed there")
    void shouldCountLines() {
        ConditionProblem problem = invalid("msg.type ==\n  && true").problems().get(0);

        assertThat(problem.line()).isEqualTo(2);
        assertThat(problem.column()).isEqualTo(3);
        assertThat(problem.message()).startsWith("not a CEL expression: ");
    }

    @Test
    @DisplayName("An expression that is too long or too deep is refused when it is read")
    void shouldRefuseExpressionsOverTheLimits() {
        assertThat(invalid("true || " + "true || ".repeat(ConditionCompiler.MAX_LENGTH / 8) + "true")
                        .problems())
                .isNotEmpty();
        int depth = ConditionCompiler.MAX_DEPTH + 10;
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
                .isInstanceOf(FailedConditionException.class)
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
                .isInstanceOf(FailedConditionException.class)
                .hasMessage(reason);
    }

    @Test
    @DisplayName("A path that is put together while running and is none fails, and nothing else")
    void shouldFailOnAPathThatIsNone() {
        assertThatThrownBy(() -> matches("msg[listener] == ''", TestMessages.order()))
                .isInstanceOf(FailedConditionException.class);
    }

    private static boolean matches(String condition, Message message) throws Exception {
        return COMPILER.compile(condition).matches(new ConditionInput(message, "ehr", "QMMH"));
    }

    private static InvalidConditionException invalid(String condition) {
        return catchThrowableOfType(InvalidConditionException.class, () -> COMPILER.compile(condition));
    }
}
