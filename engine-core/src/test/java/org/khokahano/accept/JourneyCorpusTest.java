package org.khokahano.accept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.Version;
import ca.uhn.hl7v2.model.GenericMessage;
import ca.uhn.hl7v2.parser.PipeParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.message.Header;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.message.PublicCorpus;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.message.Warning;

/** Every message of the public corpus through a listener with its defaults. */
@Tag("unit")
class JourneyCorpusTest {

    private static final MessagePath MSA_2 = MessagePath.parse("MSA-2");

    private final AcceptedListener listener = new AcceptedListener();
    private final Journey journey = listener.journey(AcceptedListener.DEFAULTS);
    private final PipeParser hapi = new PipeParser();
    private final Map<String, Integer> ends = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();

    @Test
    @DisplayName(
            "R14 R15 R24 R32 R50 R55 Each public message ends once, with its bytes kept and an ACK that can be read")
    void shouldTakeOrKeepEachPublicMessage() throws IOException {
        Optional<Path> archive = PublicCorpus.archive("messages.tar.gz");
        assumeTrue(archive.isPresent(), "the public corpus is not here; set KHOKA_CORPUS");
        Map<String, byte[]> files = PublicCorpus.read(archive.orElseThrow());
        int messages = 0;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (file.getKey().startsWith("messages/")) {
                messages++;
                take(file.getKey(), file.getValue());
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(ends.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(messages);
        // What is not taken is an acknowledgement, says an unknown MSH-9, -11 or -12, or is no message.
        assertThat(listener.store.messages().size()).as("taken, of %s", ends).isGreaterThan(messages * 9 / 10);
        System.out.println("public corpus: " + ends);
    }

    private void take(String name, byte[] bytes) {
        int stored = listener.store.messages().size();
        int kept = listener.store.quarantined().size();
        int told = listener.events.told().size();
        byte[] original = bytes.clone();
        RecordingReply reply = new RecordingReply();

        journey.receive(new Received(bytes, "192.0.2.7", 0), reply);

        check(name, reply.ends() == 1, "ended " + reply.ends() + " times");
        List<String> last =
                listener.events.told().subList(told, listener.events.told().size());
        String end = last.stream()
                .map(event -> event.replaceAll(" [0-9].*", ""))
                .filter(event -> event.matches("accepted|duplicate|rejected .*"))
                .reduce("", String::concat);
        ends.merge(end, 1, Integer::sum);
        if (listener.store.messages().size() > stored) {
            check(name, same(original, listener.store.messages().get(stored).bytes()), "stored with other bytes");
        } else if (listener.store.quarantined().size() > kept) {
            check(name, same(original, listener.store.quarantined().get(kept).bytes()), "kept with other bytes");
        } else {
            check(name, end.equals("duplicate") || end.equals("rejected unsolicitedAck"), "gone, as " + end);
        }
        for (String answer : reply.answers()) {
            checkAnswer(name, original, answer);
        }
    }

    private static boolean same(byte[] one, byte[] other) {
        return Arrays.equals(one, other);
    }

    private void checkAnswer(String name, byte[] request, String answer) {
        try {
            Message ack = Message.read(answer.getBytes(StandardCharsets.ISO_8859_1));
            check(name, ack.header().messageCode().equals("ACK"), "its answer is no ACK");
            check(name, ack.count("MSA") == 1 && ack.count("???") == 0, "its answer has odd segments");
            String code = ack.get("MSA-1");
            check(name, code.matches("[AC][AER]"), "its answer has no code");
            check(name, code.endsWith("A") == (ack.count("ERR") == 0), "ERR does not fit the code");
            checkHeader(name, request, ack);
            if (isReadByHapi(ack)) {
                ca.uhn.hl7v2.model.Message typed = hapi.parse(answer);
                check(name, !(typed instanceof GenericMessage), "HAPI reads its answer as something unknown");
            }
        } catch (UnreadableMessageException | HL7Exception e) {
            wrong.add(name + ": its answer cannot be read: " + e.getClass().getSimpleName() + " " + e.getMessage());
        }
    }

    /** HAPI has no structures of 2.7.1, and reads four different encoding characters only. */
    private static boolean isReadByHapi(Message ack) {
        String version = ack.header().version();
        return Version.versionOf(version) != null
                && !version.equals("2.7.1")
                && ack.header().text(2).length() == 4
                && ack.header().raw(2).length == 4
                && !ack.warnings().contains(Warning.REPEATED_DELIMITER);
    }

    private void checkHeader(String name, byte[] request, Message ack) {
        try {
            Header asked = Message.read(request).header();
            Header answered = ack.header();
            check(name, same(asked.raw(3), answered.raw(5)), "MSH-5 is not the request's MSH-3");
            check(name, same(asked.raw(6), answered.raw(4)), "MSH-4 is not the request's MSH-6");
            check(name, same(asked.raw(18), answered.raw(18)), "MSH-18 is not echoed");
            check(name, same(asked.raw(2), answered.raw(2)), "MSH-2 is not echoed");
            check(name, same(asked.raw(10), ack.raw(MSA_2)), "MSA-2 is not MSH-10");
        } catch (UnreadableMessageException e) {
            check(name, ack.get("MSA-1").equals("AR"), "it is no message and not rejected");
        }
    }

    private void check(String name, boolean right, String what) {
        if (!right) {
            wrong.add(name + ": " + what);
        }
    }
}
