package org.khokahano.transform.format;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.khokahano.message.Draft;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.message.UnencodableTextException;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.message.definition.Hl7Definitions;
import org.khokahano.message.definition.StructureNode;

/**
 * Makes a message of the values of a record. The same record makes the same bytes: MSH-10 is made of the
 * record's content where no field gives it, and MSH-7 stays empty where none does, since the time of
 * receipt would make every repetition another message.
 */
final class MessageMaker {

    /** MSH-10 had 20 characters up to HL7 2.6. */
    private static final int CONTROL_ID_BYTES = 10;

    private static final MessagePath CONTROL_ID = MessagePath.parse("MSH-10");

    private final MessageLayout layout;
    private final List<Write> before = new ArrayList<>();
    private final List<Write> after = new ArrayList<>();
    private final Set<String> rowSegments = new LinkedHashSet<>();

    /** A value that goes to a place: of a field, or always the same. */
    private record Write(
            MessagePath path, String field, @Nullable String fixed) {
        String value(Function<String, String> values) {
            return fixed == null ? values.apply(field) : fixed;
        }
    }

    MessageMaker(MessageLayout layout) {
        this.layout = layout;
        List<String> order = order(layout);
        RowLayout rows = layout.rows();
        int rowRank = rows == null ? Integer.MAX_VALUE : order.indexOf(rows.segment());
        int border = rowRank < 0 ? Integer.MAX_VALUE : rowRank;
        List<Write> writes = new ArrayList<>();
        layout.constants().forEach(fixed -> writes.add(new Write(fixed.path(), "", fixed.value())));
        layout.fields().forEach(field -> writes.add(new Write(field.path(), field.name(), null)));
        Comparator<Write> byStructure =
                Comparator.comparingInt(write -> rank(order, write.path().segment(), border));
        writes.stream()
                .sorted(byStructure)
                .forEach(write -> (rank(order, write.path().segment(), border) <= border ? before : after).add(write));
        if (rows != null) {
            rowSegments.add(rows.segment());
            rows.fields().forEach(field -> rowSegments.add(field.path().segment()));
        }
    }

    /** The segments of the structure in its order, so that it does not matter how fields are ordered. */
    private static List<String> order(MessageLayout layout) {
        String[] type = layout.type().split("\\^", -1);
        return type.length < 3
                ? List.of()
                : new Hl7Definitions()
                        .structure(type[2], layout.version())
                        .map(StructureNode::segmentNames)
                        .orElse(List.of());
    }

    private static int rank(List<String> order, String segment, int ifUnknown) {
        int rank = order.indexOf(segment);
        return rank < 0 ? ifUnknown : rank;
    }

    /**
     * Makes the message.
     *
     * @param fields the value of each field by its name; "" for none
     * @param rows the same for each row
     * @param content what MSH-10 is made of
     * @param where how a record is named in problems, such as {@code line 3}
     */
    Message make(Function<String, String> fields, List<Function<String, String>> rows, byte[] content, Where where)
            throws RecordException {
        Draft draft = Draft.building(beginning());
        for (Write write : before) {
            set(draft, write.path(), write.value(fields), where.field(write.field()));
        }
        RowLayout layoutOfRows = layout.rows();
        if (layoutOfRows != null) {
            int number = 0;
            for (int row = 0; row < rows.size(); row++) {
                number += addRow(draft, layoutOfRows, rows.get(row), number + 1, where.row(row)) ? 1 : 0;
            }
        }
        for (Write write : after) {
            set(draft, write.path(), write.value(fields), where.field(write.field()));
        }
        if (draft.get(CONTROL_ID).isEmpty()) {
            draft.set(CONTROL_ID, identity(content));
        }
        return draft.toMessage();
    }

    private Message beginning() {
        String header = "MSH|^~\\&|||||||" + layout.type() + "||P|" + layout.version() + "||||||UNICODE UTF-8\r";
        try {
            return Message.read(header.getBytes(StandardCharsets.US_ASCII));
        } catch (UnreadableMessageException impossible) {
            throw new IllegalStateException("a header that the engine wrote", impossible);
        }
    }

    private boolean addRow(Draft draft, RowLayout rows, Function<String, String> values, int number, Where where)
            throws RecordException {
        boolean any = false;
        for (String segment : rowSegments) {
            List<FieldPlace> valued = rows.fields().stream()
                    .filter(field -> field.path().segment().equals(segment))
                    .filter(field -> !values.apply(field.name()).isEmpty())
                    .toList();
            boolean own = segment.equals(rows.segment());
            if (valued.isEmpty()
                    && (!own
                            || rows.fields().stream()
                                    .allMatch(
                                            field -> values.apply(field.name()).isEmpty()))) {
                continue;
            }
            any = true;
            draft.append(segment);
            MessagePath numbered = rows.number();
            if (numbered != null && numbered.segment().equals(segment)) {
                draft.set(numbered, String.valueOf(number));
            }
            for (FixedValue fixed : rows.constants()) {
                if (fixed.path().segment().equals(segment)) {
                    draft.set(fixed.path(), fixed.value());
                }
            }
            for (FieldPlace field : valued) {
                set(draft, field.path(), values.apply(field.name()), where.field(field.name()));
            }
        }
        return any;
    }

    private static void set(Draft draft, MessagePath path, String value, String where) throws RecordException {
        if (value.isEmpty()) {
            return;
        }
        try {
            draft.set(path, value);
        } catch (UnencodableTextException e) {
            throw new RecordException(where + ": half a character, which no text can hold");
        }
    }

    private static String identity(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().withUpperCase().formatHex(digest, 0, CONTROL_ID_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** How places of a record are named in problems. */
    interface Where {
        String field(String name);

        Where row(int index);
    }
}
