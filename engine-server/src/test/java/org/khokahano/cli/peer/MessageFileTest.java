package org.khokahano.cli.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.khokahano.cli.terminal.CommandFailure;

@Tag("unit")
class MessageFileTest {

    private static List<String> messages(String content, boolean keepLineEnds) {
        return MessageFile.read("file", content.getBytes(StandardCharsets.ISO_8859_1), keepLineEnds).messages().stream()
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n", "\r\n"})
    void shouldSplitAtMshWhateverEndsTheLines(String end) {
        assertThat(messages("MSH|1\nPID|1\n\nMSH|2\nPID|2\n".replace("\n", end), false))
                .containsExactly("MSH|1\rPID|1\r", "MSH|2\rPID|2\r");
    }

    @Test
    void shouldLeaveAMessageAloneWhenALinefeedStandsInsideOfASegment() {
        assertThat(messages("MSH|1\rNTE|a\nb\r", false)).containsExactly("MSH|1\rNTE|a\nb\r");
    }

    @Test
    void shouldKeepLineEndsWhenAskedTo() {
        assertThat(messages("MSH|1\r\nPID|1\r\n", true)).containsExactly("MSH|1\r\nPID|1\r\n");
    }

    @Test
    void shouldTakeMessagesOutOfTheirFrames() {
        assertThat(messages("\u000bMSH|1\rPID|1\r\u001c\r\u000bMSH|2\r\u001c\r", false))
                .containsExactly("MSH|1\rPID|1\r", "MSH|2\r");
    }

    @Test
    void shouldSkipAByteOrderMarkAndWhatStandsBeforeTheFirstMessage() {
        MessageFile file = MessageFile.read(
                "file", "\u00ef\u00bb\u00bfnotes\rMSH|1\r".getBytes(StandardCharsets.ISO_8859_1), false);

        assertThat(file.messages()).hasSize(1);
        assertThat(file.notes()).containsExactly("skipped: lines before the first MSH (1)");
    }

    @Test
    void shouldRefuseUtf16WithAWayOut() {
        byte[] content = "MSH|1".getBytes(StandardCharsets.UTF_16);

        assertThatThrownBy(() -> MessageFile.read("file", content, false))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("iconv");
    }
}
