package org.khokahano.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.message.MessageView;

/**
 * One of the two messages that an expression sees. The header's fields of a message that does not change
 * are read once, since every condition asks for them. Used by one thread.
 */
final class MessageInput {

    private final MessageView view;
    private final @Nullable String @Nullable [] known;

    MessageInput(MessageView view) {
        this.view = view;
        this.known = view instanceof Message ? new String[HeaderField.COUNT] : null;
    }

    /** The fields that have a name of their own. */
    enum HeaderField {
        TYPE("type", "MSH-9.1"),
        EVENT("event", "MSH-9.2"),
        STRUCTURE("structure", null),
        VERSION("version", "MSH-12"),
        PROCESSING_ID("processingId", "MSH-11"),
        SENDING_APPLICATION("sendingApplication", "MSH-3"),
        SENDING_FACILITY("sendingFacility", "MSH-4"),
        RECEIVING_APPLICATION("receivingApplication", "MSH-5"),
        RECEIVING_FACILITY("receivingFacility", "MSH-6"),
        CONTROL_ID("controlId", "MSH-10");

        static final int COUNT = values().length;

        private final String text;
        private final @Nullable MessagePath path;

        HeaderField(String text, @Nullable String path) {
            this.text = text;
            this.path = path == null ? null : MessagePath.parse(path);
        }

        String text() {
            return text;
        }

        /** Where it stands; null for the structure, which is put together from several places. */
        @Nullable
        MessagePath path() {
            return path;
        }
    }

    String header(HeaderField field) {
        if (known == null) {
            return read(field);
        }
        String value = known[field.ordinal()];
        if (value == null) {
            value = read(field);
            known[field.ordinal()] = value;
        }
        return value;
    }

    private String read(HeaderField field) {
        MessagePath path = field.path();
        return path == null ? view.structure() : view.get(path);
    }

    String value(MessagePath path) {
        return view.get(path);
    }

    List<String> values(MessagePath path) {
        return view.all(path);
    }

    /** {@code msg[path]}. */
    String valueAt(String path) {
        return view.get(MessagePath.of(path));
    }

    /** {@code msg.all(path)}. */
    List<String> valuesAt(String path) {
        return view.all(MessagePath.of(path));
    }
}
