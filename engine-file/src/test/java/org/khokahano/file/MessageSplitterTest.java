package org.khokahano.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class MessageSplitterTest {

    private static final String ONE = "MSH|^~\\&|A\rPID|1\r";
    private static final String TWO = "MSH|^~\\&|B\rPID|2\r";

    private static MessageSplitter over(String file, boolean keep) {
        return new MessageSplitter(new ByteArrayInputStream(file.getBytes(StandardCharsets.ISO_8859_1)), 64, keep);
    }

    private static List<String> split(String file) throws IOException {
        return all(over(file, false));
    }

    private static List<String> all(MessageSplitter splitter) throws IOException {
        List<String> messages = new ArrayList<>();
        for (FileMessage message = splitter.next(); message != null; message = splitter.next()) {
            String text = new String(message.bytes(), StandardCharsets.ISO_8859_1);
            messages.add(message.tooLong() ? "too long" : text);
        }
        return messages;
    }

    @Test
    @DisplayName("Trailers that count wrongly are told with both numbers; those that say nothing are not (2.10.3)")
    void shouldCountBatches() throws IOException {
        String one = "MSH|^~\\&|A\rPID|1\r";
        String file = "FHS|^~\\&\rBHS|^~\\&\r" + one + one + "BTS|2\rBHS|^~\\&\r" + one + "BTS|3|x\r" + one + "BTS|1\r"
                + one + "BTS\rFTS|2\r";
        MessageSplitter splitter =
                new MessageSplitter(new ByteArrayInputStream(file.getBytes(StandardCharsets.US_ASCII)), 1_000, false);
        int messages = 0;
        while (splitter.next() != null) {
            messages++;
        }
        assertThat(messages).isEqualTo(5);
        assertThat(splitter.brokenCounts())
                .containsExactly(
                        "BTS-1 says 3, and there are 1 messages in its batch",
                        "FTS-1 says 2, and there are 4 batches in the file");
    }

    @Test
    @DisplayName("A message begins at MSH; the lines of the batch protocol are no part of any")
    void shouldSplitAtMsh() throws IOException {
        assertThat(split(ONE + TWO)).containsExactly(ONE, TWO);
        assertThat(split("FHS|^~\\&\rBHS|^~\\&\r" + ONE + TWO + "BTS|2\rFTS|1\r"))
                .containsExactly(ONE, TWO);
        assertThat(split("\u000b" + ONE + "\u001c\r\u000b" + TWO + "\u001c\r")).containsExactly(ONE, TWO);
        assertThat(split("\u00ef\u00bb\u00bf" + ONE)).containsExactly(ONE);
        assertThat(split("")).isEmpty();
    }

    @Test
    @DisplayName("LF and CRLF become CR, unless they are kept or the message has a CR of its own")
    void shouldEndSegmentsWithCr() throws IOException {
        String lines = ONE.replace("\r", "\n") + "\n\n" + TWO.replace("\r", "\r\n");
        assertThat(split(lines)).containsExactly(ONE, TWO);
        assertThat(all(over(ONE.replace("\r", "\n"), true))).containsExactly(ONE.replace("\r", "\n"));
        String mixed = "MSH|^~\\&|A\rNTE|1||a\nb\r";
        assertThat(split(mixed)).containsExactly(mixed);
    }

    @Test
    @DisplayName("A message beyond the limit is told, and the ones around it are whole")
    void shouldGoOnBehindALongMessage() throws IOException {
        String longer = "MSH|^~\\&|L\rOBX|" + "x".repeat(500) + "\r";
        assertThat(split(ONE + longer + TWO)).containsExactly(ONE, "too long", TWO);
    }

    @Test
    void shouldCountLinesThatBelongToNoMessage() throws IOException {
        MessageSplitter splitter = over("hello\r\r" + ONE + "BTS|1\rPID|lost\r", false);
        assertThat(all(splitter)).containsExactly(ONE);
        assertThat(splitter.strayLines()).isEqualTo(2);
    }
}
