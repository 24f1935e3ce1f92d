package org.khokahano.message;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message says about being a part of a longer one (2.10.2): MSH-14 names what it follows, DSC-1
 * what follows it, and ADD continues the segment before it (2.10.2.1).
 *
 * <p>Interactive continuation (DSC-2 I, or a query's DSC without DSC-2) is the querying system's affair:
 * such a message is whole.
 */
public final class MessageFragment {

    private static final MessagePath FOLLOWS = MessagePath.parse("MSH-14");
    private static final MessagePath POINTER = MessagePath.parse("DSC-1");
    private static final MessagePath STYLE = MessagePath.parse("DSC-2");
    private static final List<String> QUERY_SEGMENTS = List.of("QPD", "QAK", "QRD", "QRF");
    private static final int NAME_LENGTH = 3;
    private static final int ADD = SegmentNames.code("ADD");
    private static final int DSC = SegmentNames.code("DSC");

    private final Message message;
    private final String follows;
    private final String pointer;
    private final boolean adds;

    private MessageFragment(Message message, String follows, String pointer, boolean adds) {
        this.message = message;
        this.follows = follows;
        this.pointer = pointer;
        this.adds = adds;
    }

    /** Looks at a message; null where it is whole and has no ADD, so that nothing is to be done. */
    public static @Nullable MessageFragment of(Message message) {
        boolean adds = message.count("ADD") > 0;
        String follows = valued(message.text(FOLLOWS));
        String pointer = "";
        if (message.count("DSC") > 0) {
            if (isInteractive(message)) {
                return null;
            }
            pointer = valued(message.text(POINTER));
        }
        return adds || !follows.isEmpty() || !pointer.isEmpty()
                ? new MessageFragment(message, follows, pointer, adds)
                : null;
    }

    private static String valued(String value) {
        return value.equals("\"\"") ? "" : value;
    }

    private static boolean isInteractive(Message message) {
        String style = valued(message.get(STYLE));
        return style.isEmpty()
                ? QUERY_SEGMENTS.stream().anyMatch(name -> message.count(name) > 0)
                : style.equalsIgnoreCase("I");
    }

    /** MSH-14; empty where it is the first or the only one. */
    public String follows() {
        return follows;
    }

    /** DSC-1; empty where nothing follows. */
    public String pointer() {
        return pointer;
    }

    /** Whether it is a message of its own, with a segment that is continued inside of it. */
    public boolean isAlone() {
        return follows.isEmpty() && pointer.isEmpty();
    }

    /** What is wrong with it, as a sentence without content; empty where nothing is. */
    public String problem() {
        SegmentIndex index = message.index();
        if (!pointer.isEmpty() && message.count("DSC") > 1) {
            return "there is more than one DSC";
        }
        if (!pointer.isEmpty() && index.code(index.count() - 1) != DSC) {
            return "DSC is not the last segment";
        }
        if (adds && follows.isEmpty() && index.count() > 1 && index.code(1) == ADD) {
            return "ADD has no segment before it that it could continue";
        }
        return "";
    }

    /**
     * Puts a message together: MSH is that of the first, each segment has the bytes that came, and ends with
     * CR; what follows ADD and its separator is appended to the segment before it, over the end of a fragment
     * too; each ADD, the MSH of later fragments and each DSC with a pointer are left out.
     *
     * @param fragments in their order, at least one
     */
    public static byte[] join(List<Message> fragments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(
                fragments.stream().mapToInt(Message::length).sum());
        boolean open = false;
        for (int number = 0; number < fragments.size(); number++) {
            Message fragment = fragments.get(number);
            byte[] bytes = fragment.bytes();
            SegmentIndex index = fragment.index();
            boolean last = number == fragments.size() - 1;
            for (int at = number == 0 ? 0 : 1; at < index.count(); at++) {
                int from = index.start(at);
                int to = index.end(at);
                if (index.code(at) == ADD && open) {
                    int text = Math.min(from + NAME_LENGTH + 1, to);
                    out.write(bytes, text, to - text);
                } else if (index.code(at) != DSC || last || at < index.count() - 1) {
                    if (open) {
                        out.write('\r');
                    }
                    out.write(bytes, from, to - from);
                    open = true;
                }
            }
        }
        out.write('\r');
        return out.toByteArray();
    }

    /** Whether it follows something or is followed; no content. */
    @Override
    public String toString() {
        return "fragment of " + message.length() + " bytes, " + (follows.isEmpty() ? "the first, " : "")
                + (pointer.isEmpty() ? "the last" : "to be continued");
    }
}
