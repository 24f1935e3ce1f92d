package org.khokahano.message.batch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.message.ByteSearch;
import org.khokahano.message.FrameBytes;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;

/**
 * Input by HL7's batch protocol, {@code [FHS]{[BHS]{MSH...}[BTS]}[FTS]} (2.10.3, R43), taken apart.
 * Messages keep their bytes. Input that breaks the grammar is taken apart as far as it goes, and its
 * {@link #problems()} say what is wrong: it may have lost something on its way.
 */
public final class BatchInput {

    private static final int NAME_LENGTH = 3;

    /** How far a count may go before it is no count: a file holds fewer messages than that. */
    private static final int MOST_DIGITS = 9;

    /** Messages and batches in one input; a few bytes each are enough to make one, and each is answered. */
    public static final int MOST_PARTS = 100_000;

    private static final int MOST_PROBLEMS = 10;

    private final byte[] input;
    private final List<MessageBatch> batches = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private @Nullable BatchHeader fileHeader;
    private @Nullable BatchHeader fileTrailer;

    private @Nullable BatchHeader open;
    private boolean inBatch;
    private List<byte[]> messages = new ArrayList<>();
    private int messageFrom = -1;
    private int strayLines;
    private int parts;
    private int problemsNotTold;

    private BatchInput(byte[] input) {
        this.input = input;
    }

    /** Whether the input begins with FHS or BHS, behind what is tolerated around a message. */
    public static boolean begins(byte[] input) {
        int at = FrameBytes.startOfMessage(input);
        return at + NAME_LENGTH <= input.length
                && (input[at] == 'F' || input[at] == 'B')
                && input[at + 1] == 'H'
                && input[at + 2] == 'S';
    }

    /**
     * Whether the input is a batch: it begins as one, or holds several messages, as both headers are optional (R43).
     * What stands behind a second MSH belongs to another message, perhaps of another patient.
     */
    public static boolean isBatch(byte[] input) {
        return begins(input) || holdsSeveral(input);
    }

    /** Whether two messages or more follow each other, with or without a batch around them. */
    public static boolean holdsSeveral(byte[] input) {
        int headers = 0;
        // Every message is looked through for this, so line by line and not byte by byte.
        for (int at = FrameBytes.startOfMessage(input); at < input.length && headers < 2; ) {
            headers += isMessageHeader(input, at, input.length) ? 1 : 0;
            at = ByteSearch.indexOfLineEnd(input, at, input.length) + 1;
        }
        return headers > 1;
    }

    /** MSH and a separator, which no letter, digit or space can be: a line of text may begin with these letters. */
    private static boolean isMessageHeader(byte[] input, int from, int end) {
        if (from + NAME_LENGTH >= end || input[from] != 'M' || input[from + 1] != 'S' || input[from + 2] != 'H') {
            return from + NAME_LENGTH == end && input[from] == 'M' && input[from + 1] == 'S' && input[from + 2] == 'H';
        }
        byte separator = input[from + NAME_LENGTH];
        return separator != ' ' && !Character.isLetterOrDigit(separator);
    }

    /** Takes the input apart; it never throws for what is in it. */
    public static BatchInput read(byte[] input) {
        BatchInput read = new BatchInput(input);
        int from = FrameBytes.startOfMessage(input);
        while (from < input.length && !read.hasTooManyParts()) {
            int end = ByteSearch.indexOfLineEnd(input, from, input.length);
            int next = end;
            while (next < input.length && (input[next] == '\r' || input[next] == '\n')) {
                next++;
            }
            read.segment(from, end, next);
            from = next;
        }
        read.end();
        return read;
    }

    private void problem(String sentence) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(sentence);
        } else {
            problemsNotTold++;
        }
    }

    private void segment(int from, int end, int next) {
        String name = new String(input, from, Math.min(NAME_LENGTH, end - from), StandardCharsets.ISO_8859_1);
        switch (name) {
            case "FHS" -> beginFile(line(from, end), from);
            case "BHS" -> beginBatch(BatchHeader.header(line(from, end)), from);
            case "BTS" -> endBatch(BatchHeader.trailer(line(from, end)), from);
            case "FTS" -> endFile(BatchHeader.trailer(line(from, end)), from);
            case "MSH" -> {
                if (isMessageHeader(input, from, end)) {
                    beginMessage(from);
                } else {
                    inside(from, end, next);
                }
            }
            default -> inside(from, end, next);
        }
    }

    private byte[] line(int from, int end) {
        return Arrays.copyOfRange(input, from, end);
    }

    private void beginFile(byte[] line, int at) {
        if (fileHeader != null || inBatch || !batches.isEmpty()) {
            problem("a second FHS at byte " + at);
            return;
        }
        fileHeader = BatchHeader.header(line);
    }

    private void beginBatch(BatchHeader header, int at) {
        parts++;
        afterTheEnd(at);
        closeBatch(null, at);
        open = header;
        inBatch = true;
    }

    private void endBatch(BatchHeader trailer, int at) {
        if (!inBatch) {
            problem("BTS without a batch before it at byte " + at);
            return;
        }
        closeBatch(trailer, at);
    }

    private void endFile(BatchHeader trailer, int at) {
        closeBatch(null, at);
        afterTheEnd(at);
        if (fileHeader == null) {
            problem("FTS without FHS at byte " + at);
        }
        fileTrailer = trailer;
        count("FTS", trailer, batches.size(), "batches");
    }

    private void beginMessage(int from) {
        parts++;
        afterTheEnd(from);
        endMessage(from);
        inBatch = true;
        messageFrom = from;
    }

    private void inside(int from, int end, int next) {
        boolean blank = end == from || (end - from == 1 && input[from] == 0x1C) || next == from;
        if (messageFrom < 0 && !blank) {
            strayLines++;
            if (strayLines == 1) {
                problem("a line that belongs to no message at byte " + from);
            }
        }
    }

    private void afterTheEnd(int at) {
        if (fileTrailer != null) {
            problem("something behind FTS at byte " + at);
        }
    }

    private void endMessage(int to) {
        if (messageFrom >= 0) {
            messages.add(Arrays.copyOfRange(input, messageFrom, to));
            messageFrom = -1;
        }
    }

    private void closeBatch(@Nullable BatchHeader trailer, int at) {
        endMessage(at);
        if (!inBatch) {
            return;
        }
        if (trailer != null) {
            count("BTS", trailer, messages.size(), "messages");
        } else if (open != null) {
            problem("the batch that ends at byte " + at + " has no BTS; it may be cut off");
        }
        batches.add(new MessageBatch(open, trailer, messages));
        messages = new ArrayList<>();
        open = null;
        inBatch = false;
    }

    private void end() {
        closeBatch(null, input.length);
        if (fileHeader != null && fileTrailer == null) {
            problem("the file has no FTS; it may be cut off");
        }
    }

    /** BTS-1 and FTS-1 are optional; where they stand, they have to be right. */
    private void count(String trailerName, BatchHeader trailer, int counted, String what) {
        String said = trailer.text(1);
        if (said.isEmpty()) {
            return;
        }
        boolean number = said.length() <= MOST_DIGITS && said.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number) {
            problem(trailerName + "-1 is no number; there are " + counted + ' ' + what);
        } else if (Integer.parseInt(said) != counted) {
            problem(trailerName + "-1 says " + Integer.parseInt(said) + ' ' + what + ", and there are " + counted);
        }
    }

    /** FHS, or null where the input is a batch without a file around it. */
    public @Nullable BatchHeader fileHeader() {
        return fileHeader;
    }

    /** FHS-11; empty where there is none. */
    public String fileControlId() {
        return fileHeader == null ? "" : fileHeader.text(BatchHeader.CONTROL_ID);
    }

    /**
     * An MSH with the first header's delimiters, sender and receiver, and its id in MSH-10: what an acknowledgement of
     * the whole is written to. Null where no header can be read.
     */
    public @Nullable Message asHeader() {
        BatchHeader first = fileHeader;
        for (MessageBatch batch : batches) {
            first = first == null ? batch.header() : first;
        }
        if (first == null) {
            return null;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {'M', 'S', 'H', first.separator()});
        out.writeBytes(first.raw(2));
        for (int field = BatchHeader.SENDING_APPLICATION; field <= BatchHeader.RECEIVING_FACILITY; field++) {
            out.write(first.separator());
            out.writeBytes(first.raw(field));
        }
        for (int field = 7; field <= 10; field++) {
            out.write(first.separator());
        }
        out.writeBytes(first.raw(BatchHeader.CONTROL_ID));
        for (String field : List.of("P", "2.5.1")) {
            out.write(first.separator());
            out.writeBytes(field.getBytes(StandardCharsets.US_ASCII));
        }
        out.write('\r');
        try {
            return Message.read(out.toByteArray());
        } catch (UnreadableMessageException e) {
            return null;
        }
    }

    /** The batches in their order; there may be none, and a batch may have no messages. */
    public List<MessageBatch> batches() {
        return List.copyOf(batches);
    }

    /** How many messages there are in all batches. */
    public int messageCount() {
        return batches.stream().mapToInt(batch -> batch.messages().size()).sum();
    }

    /** What breaks the grammar or the counts, each as a sentence without content; empty where all is well. */
    public List<String> problems() {
        if (problemsNotTold == 0) {
            return List.copyOf(problems);
        }
        List<String> all = new ArrayList<>(problems);
        all.add("and " + problemsNotTold + " more");
        return List.copyOf(all);
    }

    /** Whether there are more than {@link #MOST_PARTS} messages and batches; what is behind them was not read. */
    public boolean hasTooManyParts() {
        return parts > MOST_PARTS;
    }
}
