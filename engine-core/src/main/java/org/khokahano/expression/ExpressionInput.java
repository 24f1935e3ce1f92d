package org.khokahano.expression;

import dev.cel.runtime.CelVariableResolver;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.khokahano.message.MessagePath;
import org.khokahano.message.MessageView;

/**
 * What conditions see of one message. Reads a field when it is asked for, and the header's once, since
 * every route asks for them. Used by one thread.
 */
public final class ExpressionInput implements CelVariableResolver {

    private static final Map<String, Variable> BY_TEXT =
            Arrays.stream(Variable.values()).collect(Collectors.toUnmodifiableMap(Variable::text, each -> each));

    private final MessageView message;
    private final String listener;
    private final String facility;
    private final @Nullable Optional<Object>[] known;

    @SuppressWarnings({"unchecked", "rawtypes"})
    public ExpressionInput(MessageView message, String listener, String facility) {
        this.message = message;
        this.listener = listener;
        this.facility = facility;
        this.known = new Optional[BY_TEXT.size()];
    }

    /** The variables of a condition; all but MESSAGE are text. */
    enum Variable {
        MESSAGE("msg", null),
        TYPE("msg.type", "MSH-9.1"),
        EVENT("msg.event", "MSH-9.2"),
        STRUCTURE("msg.structure", null),
        VERSION("msg.version", "MSH-12"),
        PROCESSING_ID("msg.processingId", "MSH-11"),
        SENDING_APPLICATION("msg.sendingApplication", "MSH-3"),
        SENDING_FACILITY("msg.sendingFacility", "MSH-4"),
        RECEIVING_APPLICATION("msg.receivingApplication", "MSH-5"),
        RECEIVING_FACILITY("msg.receivingFacility", "MSH-6"),
        CONTROL_ID("msg.controlId", "MSH-10"),
        LISTENER("listener", null),
        FACILITY("facility", null);

        private final String text;
        private final @Nullable MessagePath path;

        Variable(String text, @Nullable String path) {
            this.text = text;
            this.path = path == null ? null : MessagePath.parse(path);
        }

        String text() {
            return text;
        }
    }

    @Override
    public Optional<Object> find(String name) {
        Variable variable = BY_TEXT.get(name);
        if (variable == null) {
            return Optional.empty();
        }
        Optional<Object> value = known[variable.ordinal()];
        if (value == null) {
            value = Optional.of(read(variable));
            known[variable.ordinal()] = value;
        }
        return value;
    }

    private Object read(Variable variable) {
        if (variable.path != null) {
            return message.get(variable.path);
        }
        return switch (variable) {
            case MESSAGE -> this;
            case STRUCTURE -> message.structure();
            case LISTENER -> listener;
            case FACILITY -> facility;
            case TYPE,
                    EVENT,
                    VERSION,
                    PROCESSING_ID,
                    SENDING_APPLICATION,
                    SENDING_FACILITY,
                    RECEIVING_APPLICATION,
                    RECEIVING_FACILITY,
                    CONTROL_ID -> throw new IllegalStateException(variable + " has a path");
        };
    }

    /** {@code msg[path]}. */
    String value(String path) {
        return message.get(MessagePath.of(path));
    }

    /** {@code msg.all(path)}. */
    List<String> values(String path) {
        return message.all(MessagePath.of(path));
    }
}
