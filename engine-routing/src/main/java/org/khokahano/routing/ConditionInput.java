package org.khokahano.routing;

import dev.cel.runtime.CelVariableResolver;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.khokahano.message.Header;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;

/**
 * What conditions see of one message. Reads a field when it is asked for, and the header's once, since
 * every route asks for them. Used by one thread.
 */
final class ConditionInput implements CelVariableResolver {

    private static final Variable[] VARIABLES = Variable.values();

    private final Message message;
    private final String listener;
    private final String facility;
    private final @Nullable Optional<Object>[] known;

    @SuppressWarnings({"unchecked", "rawtypes"})
    ConditionInput(Message message, String listener, String facility) {
        this.message = message;
        this.listener = listener;
        this.facility = facility;
        this.known = new Optional[VARIABLES.length];
    }

    /** The variables of a condition; all but MESSAGE are text. */
    enum Variable {
        MESSAGE("msg"),
        TYPE("msg.type"),
        EVENT("msg.event"),
        STRUCTURE("msg.structure"),
        VERSION("msg.version"),
        PROCESSING_ID("msg.processingId"),
        SENDING_APPLICATION("msg.sendingApplication"),
        SENDING_FACILITY("msg.sendingFacility"),
        RECEIVING_APPLICATION("msg.receivingApplication"),
        RECEIVING_FACILITY("msg.receivingFacility"),
        CONTROL_ID("msg.controlId"),
        LISTENER("listener"),
        FACILITY("facility");

        private final String text;

        Variable(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        static @Nullable Variable of(String text) {
            for (Variable variable : VARIABLES) {
                if (variable.text.equals(text)) {
                    return variable;
                }
            }
            return null;
        }
    }

    @Override
    public Optional<Object> find(String name) {
        Variable variable = Variable.of(name);
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
        Header header = message.header();
        return switch (variable) {
            case MESSAGE -> this;
            case TYPE -> header.messageCode();
            case EVENT -> header.triggerEvent();
            case STRUCTURE -> message.structure();
            case VERSION -> header.version();
            case PROCESSING_ID -> header.processingId();
            case SENDING_APPLICATION -> header.sendingApplication();
            case SENDING_FACILITY -> header.sendingFacility();
            case RECEIVING_APPLICATION -> header.receivingApplication();
            case RECEIVING_FACILITY -> header.receivingFacility();
            case CONTROL_ID -> header.controlId();
            case LISTENER -> listener;
            case FACILITY -> facility;
        };
    }

    /** {@code msg[path]}. */
    String value(String path) {
        return message.get(path);
    }

    /** {@code msg.all(path)}. */
    List<String> values(String path) {
        return message.all(MessagePath.parse(path));
    }
}
