package org.khokahano.transform.format;

import java.util.ArrayList;
import java.util.List;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.message.Presence;

/** What a layout finds in a message. */
final class MessageReading {

    private final Message message;
    private final MessageLayout layout;
    private final List<String> names;
    private final List<Integer> rows = new ArrayList<>();

    MessageReading(Message message, MessageLayout layout) {
        this.message = message;
        this.layout = layout;
        this.names = message.segmentNames();
        RowLayout repeating = layout.rows();
        if (repeating != null) {
            for (int position = 0; position < names.size(); position++) {
                if (names.get(position).equals(repeating.segment())) {
                    rows.add(position);
                }
            }
        }
    }

    /** What the message holds and the layout has no place for, or lacks; empty where all is well. */
    String problem() {
        for (FieldPlace field : layout.fields()) {
            String segment = field.path().segment();
            int count = message.count(segment);
            if (field.path().occurrence() == MessagePath.UNSAID && count > 1 && !isOfRows(segment)) {
                return "the message has " + count + " segments " + segment + " and the format a place for one; split"
                        + " it by a mapping, or number the segment in the format";
            }
            if (layout.required().contains(field.name()) && field(field).isEmpty()) {
                return missing(field);
            }
        }
        RowLayout repeating = layout.rows();
        for (int row = 0; repeating != null && row < rows.size(); row++) {
            for (FieldPlace field : repeating.fields()) {
                if (layout.required().contains(field.name()) && row(row, field).isEmpty()) {
                    return missing(field) + " in row " + (row + 1);
                }
            }
        }
        return "";
    }

    private boolean isOfRows(String segment) {
        RowLayout repeating = layout.rows();
        return repeating != null && repeating.segment().equals(segment);
    }

    private static String missing(FieldPlace field) {
        return field.path() + ", which the format needs for " + field.name() + ", is empty";
    }

    /** The value of a field; "" where it is empty, and null is two quote characters. */
    String field(FieldPlace field) {
        return value(field.path());
    }

    int rowCount() {
        return rows.size();
    }

    /** As {@link #field}, in a row from 0. */
    String row(int row, FieldPlace field) {
        String segment = field.path().segment();
        int from = rows.get(row);
        int to = row + 1 < rows.size() ? rows.get(row + 1) : names.size();
        for (int position = from; position < to; position++) {
            if (names.get(position).equals(segment)) {
                return value(field.path().inOccurrence(occurrence(segment, position)));
            }
        }
        return "";
    }

    private int occurrence(String segment, int position) {
        int occurrence = 0;
        for (int at = 0; at <= position; at++) {
            occurrence += names.get(at).equals(segment) ? 1 : 0;
        }
        return occurrence;
    }

    private String value(MessagePath path) {
        return message.presence(path) == Presence.ABSENT ? "" : message.get(path);
    }
}
