package org.khokahano.explain;

import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.cli.terminal.Paint;
import org.khokahano.engine.RehearsedMessage.Planned;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;

/** What goes out, for one explained message: HL7 with a line for each segment, other formats as their text. */
final class OutgoingListing {
    private static final int MOST_LINES = 1_000;

    private final Paint paint;
    private final PrintWriter out;
    private final List<Shown> shown = new ArrayList<>();

    /** What was printed already, under the name of its destination. */
    private record Shown(byte[] payload, String named) {}

    OutgoingListing(Paint paint, PrintWriter out) {
        this.paint = paint;
        this.out = out;
    }

    /** What one destination gets, message by message, or why they are held. */
    void print(String destination, boolean asks, List<Planned> planned) {
        for (int index = 0; index < planned.size(); index++) {
            Planned each = planned.get(index);
            String number = planned.size() == 1 ? "" : " " + (index + 1) + " of " + planned.size();
            String head = "  " + paint.strong(destination) + " ";
            if (each.held().isPresent()) {
                String which = number.isEmpty() ? "" : "message" + number + " ";
                out.println(head + which + paint.bad("held: ") + each.held().get());
                continue;
            }
            String how = asks ? "is asked" + (number.isEmpty() ? "" : " message" + number) : "gets " + it(number);
            String known = known(each.payload());
            out.println(head
                    + paint.good(how)
                    + (asks || !each.asReceived() ? "," : "")
                    + (each.asReceived() ? " as received" : " mapped")
                    + (known == null ? "" : paint.faint(", the same as " + known)));
            if (known == null) {
                shown.add(new Shown(each.payload(), destination + (number.isEmpty() ? "" : " message" + number)));
                printPayload(each.payload());
            }
        }
    }

    private static String it(String number) {
        return number.isEmpty() ? "it" : "message" + number;
    }

    private @Nullable String known(byte[] payload) {
        return shown.stream()
                .filter(each -> Arrays.equals(each.payload(), payload))
                .map(Shown::named)
                .findFirst()
                .orElse(null);
    }

    private void printPayload(byte[] payload) {
        List<String> lines = text(payload).lines().toList();
        lines.stream().limit(MOST_LINES).forEach(line -> out.println("    " + Values.shown(line)));
        if (lines.size() > MOST_LINES) {
            out.println("    ... and " + (lines.size() - MOST_LINES) + " more lines");
        }
    }

    private static String text(byte[] payload) {
        try {
            return new String(payload, Message.read(payload).characterSet());
        } catch (UnreadableMessageException notHl7) {
            return ofFormat(payload);
        }
    }

    private static String ofFormat(byte[] payload) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
        } catch (CharacterCodingException other) {
            return new String(payload, StandardCharsets.ISO_8859_1);
        }
    }
}
