package org.khokahano.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.message.UnreadableMessageException.Reason;

/** Every public message is read as the slow reader reads it, or refused with a reason. */
@Tag("unit")
class MessageCorpusTest {
    /** HAPI takes a hundred times longer than the index, so it gets a sample. */
    private static final int ONE_IN = 8;

    private static final MessagePath EDITED = MessagePath.parse("MSH-8");

    @Test
    @DisplayName("R12 R50 R53 R55 Public messages: every field as split, every other byte kept")
    void shouldReadEveryPublicMessageOrSayWhyNot() throws IOException {
        Optional<Path> archive = PublicCorpus.archive("messages.tar.gz");
        assumeTrue(archive.isPresent(), "the public corpus is absent: set KHOKA_CORPUS to have it");
        Map<String, byte[]> files = PublicCorpus.read(archive.orElseThrow());
        files.keySet().removeIf(name -> !name.endsWith(".hl7"));
        assertThat(files).hasSizeGreaterThan(1_000);
        Map<Reason, Integer> refused = new EnumMap<>(Reason.class);
        int read = 0;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            try {
                check(file.getKey(), Message.read(file.getValue()));
                read++;
            } catch (UnreadableMessageException unreadable) {
                assertThat(unreadable.offset()).isBetween(0, file.getValue().length);
                refused.merge(unreadable.reason(), 1, Integer::sum);
            }
        }
        System.out.println("public corpus: " + read + " read, refused " + refused);
        assertThat(read).isGreaterThan(files.size() * 9 / 10);
    }

    @Test
    @DisplayName("R25 Public messages: typed by HAPI, or refused with a code and none of the content")
    void shouldTypePublicMessagesOrSayWhyNotWithoutContent() throws IOException {
        Optional<Path> archive = PublicCorpus.archive("messages.tar.gz");
        assumeTrue(archive.isPresent(), "the public corpus is absent: set KHOKA_CORPUS to have it");
        int typed = 0;
        int refused = 0;
        int number = 0;
        for (Map.Entry<String, byte[]> file :
                PublicCorpus.read(archive.orElseThrow()).entrySet()) {
            if (number++ % ONE_IN != 0) {
                continue;
            }
            try {
                assertThat(Message.read(file.getValue()).typed()).isNotNull();
                typed++;
            } catch (TypedMessageException untyped) {
                assertThat(untyped.getMessage())
                        .as(file.getKey())
                        .matches("the message does not fit its HL7 structure: error \\d+"
                                + " \\(HL7 table 0357\\)( at [A-Z][A-Z0-9]{2}(-\\d+(\\.\\d+)?)?)?");
                refused++;
            } catch (UnreadableMessageException unreadable) {
                assertThat(unreadable).hasNoCause();
            }
        }
        System.out.println("public corpus: " + typed + " typed, " + refused + " not");
        assertThat(typed).isGreaterThan(9 * refused);
    }

    private static void check(String name, Message message) {
        byte[] bytes = message.bytes().clone();
        Charset charset = message.characterSet();
        boolean splitAsBytes = !charset.name().startsWith("ISO-2022");
        Charset split = splitAsBytes ? StandardCharsets.ISO_8859_1 : charset;
        SlowReader slow = new SlowReader(new String(bytes, split), message.delimiters());
        ReaderComparison.compare(name, message, slow, split);
        assertThat(message.edit().apply().bytes()).as(name).isEqualTo(bytes);
        Message edited = message.edit().set(EDITED, "khoka").apply();
        assertThat(edited.get(EDITED)).as(name).isEqualTo("khoka");
        byte[] before = message.raw(EDITED);
        ReaderComparison.sameBytesElsewhere(name, message, edited);
        if (message.header().fieldCount() >= 8) {
            Message back = edited.edit().setRaw(EDITED, before).apply();
            assertThat(back.bytes()).as(name).isEqualTo(bytes);
        }
        for (int i = 0; i < message.segmentCount(); i++) {
            for (int field = 1; field <= message.segment(i).fieldCount(); field++) {
                assertThat(message.segment(i).text(field)).as(name).isNotNull();
            }
        }
        assertThat(message.warnings()).as(name).isNotNull();
        assertThat(message.bytes()).as(name).isEqualTo(bytes);
    }
}
