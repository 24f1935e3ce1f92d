package org.khokahano.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits a message into fragments by HL7's continuation protocol (2.10.2): between segments where that
 * fits, else inside one, with an empty ADD before DSC and an ADD that goes on with it. {@link
 * MessageFragment#join} makes the same segments of them again.
 *
 * <p>The first fragment has the message's MSH and so its MSH-10. The others have ids made of it, in
 * MSH-10 and as the pointer that links them: the same whenever the same delivery is split.
 */
public final class MessageSplit {
    private static final MessagePath CONTROL_ID = MessagePath.parse("MSH-10");
    private static final MessagePath FOLLOWS = MessagePath.parse("MSH-14");

    /** The longest MSH-10 up to version 2.6 (length 20). */
    private static final int LONGEST_ID = 20;

    /** Less than this of a segment is not worth being the end of a fragment. */
    private static final int LEAST_PART = 64;

    private static final int NAME_LENGTH = 3;

    private final Message message;
    private final Message header;
    private final byte[] idStem;
    private final byte separator;
    private final int longest;
    private final List<byte[]> done = new ArrayList<>();
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();
    private int number = 1;
    private boolean empty = true;

    private MessageSplit(Message message, Message header, int longest, String otherStem) {
        this.message = message;
        this.header = header;
        this.longest = longest;
        this.separator = (byte) message.delimiters().field();
        byte[] id = message.header().raw(10);
        boolean usable = id.length > 0 && id.length <= LONGEST_ID - 5;
        this.idStem = usable ? id : otherStem.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The fragments of a message, none longer than the bound; the message alone where it is not longer, is a
     * fragment itself, or cannot be split so that each part fits.
     *
     * @param longest in bytes
     * @param otherStem what ids are made of where MSH-10 is empty or leaves no room; up to 15 characters
     */
    public static List<byte[]> split(byte[] bytes, int longest, String otherStem) {
        if (bytes.length <= longest) {
            return List.of(bytes);
        }
        try {
            Message message = Message.read(bytes);
            SegmentIndex index = message.index();
            byte[] msh = Arrays.copyOfRange(bytes, index.start(0), index.end(0));
            if (MessageFragment.of(message) != null || msh.length * 2 > longest) {
                return List.of(bytes);
            }
            List<byte[]> parts = new MessageSplit(message, Message.read(msh), longest, otherStem).parts();
            return parts == null ? List.of(bytes) : parts;
        } catch (UnreadableMessageException e) {
            return List.of(bytes);
        }
    }

    private @Nullable List<byte[]> parts() {
        SegmentIndex index = message.index();
        CutPlaces places = new CutPlaces(message);
        write(header.bytes(), 0, header.length());
        open.write('\r');
        for (int at = 1; at < index.count(); at++) {
            int from = index.start(at);
            int to = index.end(at);
            boolean fits = to - from + 1 <= room();
            if (!fits && !empty && to - from + 1 <= roomInNext()) {
                close();
                fits = true;
            }
            if (fits) {
                write(message.bytes(), from, to);
                open.write('\r');
                empty = false;
            } else if (!cut(places, from, to)) {
                return null;
            }
        }
        done.add(open.toByteArray());
        return done;
    }

    /** Writes a segment over several fragments; false where that is not possible. */
    private boolean cut(CutPlaces places, int from, int to) {
        int at = from;
        while (true) {
            int prefix = at == from ? 0 : NAME_LENGTH + 1;
            if (to - at + prefix + 1 <= room()) {
                add(at, to, prefix);
                return true;
            }
            // Its end, the empty ADD and what begins it.
            int left = room() - prefix - 1 - (NAME_LENGTH + 2);
            int place = left < LEAST_PART && !empty ? at : places.lastUpTo(at, at + left, to);
            boolean cutsName = at == from && place < from + NAME_LENGTH + 1;
            if (place == at || cutsName) {
                if (empty) {
                    return false;
                }
                close();
                continue;
            }
            add(at, place, prefix);
            add(place, place, NAME_LENGTH + 1);
            close();
            at = place;
        }
    }

    private void add(int from, int to, int prefix) {
        if (prefix > 0) {
            open.write('A');
            open.write('D');
            open.write('D');
            open.write(separator);
        }
        write(message.bytes(), from, to);
        open.write('\r');
        empty = false;
    }

    private void write(byte[] bytes, int from, int to) {
        open.write(bytes, from, to - from);
    }

    /** What still fits before DSC. */
    private int room() {
        return longest - open.size() - dsc(id(number + 1)).length;
    }

    private int roomInNext() {
        return longest - headerOf(number + 1).length - 1 - dsc(id(number + 2)).length;
    }

    private void close() {
        byte[] dsc = dsc(id(number + 1));
        open.write(dsc, 0, dsc.length);
        done.add(open.toByteArray());
        open.reset();
        number++;
        byte[] msh = headerOf(number);
        write(msh, 0, msh.length);
        open.write('\r');
        empty = true;
    }

    private byte[] headerOf(int fragment) {
        byte[] id = id(fragment);
        return header.edit().setRaw(CONTROL_ID, id).setRaw(FOLLOWS, id).apply().bytes();
    }

    private byte[] id(int fragment) {
        byte[] end = ("." + fragment).getBytes(StandardCharsets.US_ASCII);
        byte[] id = Arrays.copyOf(idStem, idStem.length + end.length);
        System.arraycopy(end, 0, id, idStem.length, end.length);
        return id;
    }

    private byte[] dsc(byte[] pointer) {
        ByteArrayOutputStream segment = new ByteArrayOutputStream(pointer.length + 8);
        segment.write('D');
        segment.write('S');
        segment.write('C');
        segment.write(separator);
        segment.write(pointer, 0, pointer.length);
        segment.write(separator);
        segment.write('F');
        segment.write('\r');
        return segment.toByteArray();
    }
}
