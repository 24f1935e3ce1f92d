package org.khokahano.expression;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.route.Origin;
import org.khokahano.table.CodeTables;

/** An expression is refused with its place, or decides or fails for a message; it never does anything else. */
public final class ExpressionFuzz {
    /** How many a build tries: some ten seconds. */
    public static final int INPUTS = 20_000;

    private static final ExpressionCompiler COMPILER = new ExpressionCompiler(Set.of());
    private static final Origin ORIGIN = new Origin("ehr", "QMMH", 1_790_000_000_000L);
    private static final String MESSAGE = "MSH|^~\\&|EHR|QMMH|H|N|20261103||ADT^A01^ADT_A01|Q-1|P|2.5.1\r"
            + "PID|1||12^^^LS~34&5&6^7|x|\"\"\rOBX|1|ST|a^b||c~d~e\rOBX|2\r";

    private ExpressionFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        ExpressionInput message = ExpressionInput.of(message(), ORIGIN, CodeTables.none());
        try {
            COMPILER.condition(text).matches(message);
        } catch (InvalidExpressionException | FailedExpressionException expected) {
            // What it says is tried by the tests of the compiler.
        }
        try {
            COMPILER.value(text).of(message);
        } catch (InvalidExpressionException | FailedExpressionException expected) {
            // As above.
        }
    }

    private static Message message() {
        try {
            return Message.read(MESSAGE.getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableMessageException e) {
            throw new IllegalStateException(e);
        }
    }
}
