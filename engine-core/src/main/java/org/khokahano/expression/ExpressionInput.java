package org.khokahano.expression;

import dev.cel.runtime.CelVariableResolver;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.khokahano.expression.MessageInput.HeaderField;
import org.khokahano.message.MessageView;
import org.khokahano.route.Origin;
import org.khokahano.table.CodeTable;
import org.khokahano.table.CodeTables;

/**
 * What expressions see of one message: as it is now ({@code msg}), as it was received ({@code
 * received}), where it came from, and the code tables. Reads a field when it is asked for. Used by one
 * thread.
 */
public final class ExpressionInput implements CelVariableResolver {

    static final String MESSAGE = "msg";
    static final String RECEIVED = "received";
    static final String LISTENER = "listener";
    static final String FACILITY = "facility";

    /** What a call of {@code table} is put on; not a name that an expression can have. */
    static final String TABLES = "@tables";

    private static final Map<String, Function<ExpressionInput, Object>> VARIABLES = variables();

    private final MessageInput message;
    private final MessageInput received;
    private final Origin origin;
    private final CodeTables tables;
    private final @Nullable ConditionObserver observer;

    private ExpressionInput(
            MessageInput message,
            MessageInput received,
            Origin origin,
            CodeTables tables,
            @Nullable ConditionObserver observer) {
        this.message = message;
        this.received = received;
        this.origin = origin;
        this.tables = tables;
        this.observer = observer;
    }

    /** A message that nothing has changed yet. */
    public static ExpressionInput of(MessageView received, Origin origin, CodeTables tables) {
        MessageInput input = new MessageInput(received);
        return new ExpressionInput(input, input, origin, tables, null);
    }

    /** A message that is being edited, and the one that was received. */
    public static ExpressionInput of(MessageView message, MessageView received, Origin origin, CodeTables tables) {
        return new ExpressionInput(new MessageInput(message), new MessageInput(received), origin, tables, null);
    }

    /** The same, telling the observer of every condition that is asked. */
    public ExpressionInput observedBy(ConditionObserver told) {
        return new ExpressionInput(message, received, origin, tables, told);
    }

    /** All variables by their names, in the order in which they are told. */
    private static Map<String, Function<ExpressionInput, Object>> variables() {
        Map<String, Function<ExpressionInput, Object>> variables = new LinkedHashMap<>();
        variables.put(MESSAGE, input -> input.message);
        variables.put(RECEIVED, input -> input.received);
        variables.put(TABLES, input -> input);
        for (HeaderField field : HeaderField.values()) {
            variables.put(MESSAGE + "." + field.text(), input -> input.message.header(field));
        }
        for (HeaderField field : HeaderField.values()) {
            variables.put(RECEIVED + "." + field.text(), input -> input.received.header(field));
        }
        variables.put(LISTENER, ExpressionInput::listener);
        variables.put(FACILITY, ExpressionInput::facility);
        return Collections.unmodifiableMap(variables);
    }

    /** The names of the variables that are text. */
    static List<String> textVariables() {
        return VARIABLES.keySet().stream()
                .filter(name -> !name.equals(MESSAGE) && !name.equals(RECEIVED) && !name.equals(TABLES))
                .toList();
    }

    @Override
    public Optional<Object> find(String name) {
        Function<ExpressionInput, Object> variable = VARIABLES.get(name);
        return variable == null ? Optional.empty() : Optional.of(variable.apply(this));
    }

    MessageInput message() {
        return message;
    }

    MessageInput received() {
        return received;
    }

    String listener() {
        return origin.listener();
    }

    String facility() {
        return origin.facility();
    }

    @Nullable
    ConditionObserver observer() {
        return observer;
    }

    /** {@code table(name)}; that there is one was checked when the expression was compiled. */
    TableInput table(String name) {
        CodeTable table = tables.get(name);
        if (table == null) {
            throw new IllegalStateException("no code table " + name);
        }
        return new TableInput(table, origin.receivedMillis());
    }
}
