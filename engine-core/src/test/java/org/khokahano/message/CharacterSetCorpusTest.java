package org.khokahano.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.message.CharacterSetChange.Outcome;
import org.khokahano.message.CharacterSetChange.Outcome.Changed;
import org.khokahano.message.CharacterSetChange.Outcome.Unsayable;

/** Every public message in every character set that a destination may ask for. */
@Tag("unit")
class CharacterSetCorpusTest {
    private static final MessagePath MSH_18 = MessagePath.parse("MSH-18");

    @Test
    @DisplayName("R48 R49 R50 R52 Public messages in each character set: the same text and escapes, or a reason")
    void shouldSayTheSameOrSayThatItCannot() throws IOException {
        Optional<Path> archive = PublicCorpus.archive("messages.tar.gz");
        assumeTrue(archive.isPresent(), "the public corpus is absent: set KHOKA_CORPUS to have it");
        int changed = 0;
        Map<String, Integer> unsayable = new TreeMap<>();
        for (Map.Entry<String, byte[]> file :
                PublicCorpus.read(archive.orElseThrow()).entrySet()) {
            Message message;
            try {
                message = Message.read(file.getValue());
            } catch (UnreadableMessageException refused) {
                continue;
            }
            for (String name : CharacterSetChange.names()) {
                Outcome outcome = CharacterSetChange.to(name).change(message);
                if (outcome instanceof Unsayable cannot) {
                    unsayable.merge(cannot.reason().replaceAll(" at .*", ""), 1, Integer::sum);
                    assertThat(isPlain(message)).as(file.getKey()).isFalse();
                } else {
                    changed++;
                    byte[] written = ((Changed) outcome).bytes();
                    if (written != message.bytes()) {
                        sameText(file.getKey() + " in " + name, message, written, name);
                    }
                }
            }
        }
        assertThat(changed).isGreaterThan(20_000);
        System.out.println("public corpus: " + changed + " written in a character set, not said: " + unsayable);
    }

    private static boolean isPlain(Message message) {
        byte[] bytes = message.bytes();
        return ByteSearch.isAscii(bytes, 0, bytes.length)
                && message.messageText().encoding().isAscii();
    }

    private static void sameText(String what, Message before, byte[] bytes, String name) {
        Message after;
        try {
            after = Message.read(bytes);
        } catch (UnreadableMessageException e) {
            throw new AssertionError(what + " cannot be read", e);
        }
        assertThat(after.get(MSH_18)).as(what).isEqualTo(name);
        assertThat(after.segmentCount()).as(what).isEqualTo(before.segmentCount());
        for (int i = 0; i < before.segmentCount(); i++) {
            Segment old = before.segment(i);
            Segment written = after.segment(i);
            for (int field = 1; field <= old.fieldCount(); field++) {
                boolean same = decoded(after, written.raw(field)).equals(decoded(before, old.raw(field)));
                if (!same && (i > 0 || field != 18)) {
                    throw new AssertionError(what + ": another text in segment " + i + ", field " + field);
                }
            }
        }
    }

    private static String decoded(Message message, byte[] raw) {
        Charset own = message.messageText().encoding().charset();
        return new String(raw, own.equals(StandardCharsets.US_ASCII) ? message.characterSet() : own);
    }
}
