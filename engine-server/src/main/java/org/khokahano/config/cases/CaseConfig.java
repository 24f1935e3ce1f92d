package org.khokahano.config.cases;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.khokahano.config.read.Placed;
import org.khokahano.message.MessagePath;

/**
 * A case.
 *
 * @param name what it shows
 * @param listener where the message comes in
 * @param received wall time of its receipt, in milliseconds since 1970
 * @param message the message itself, or the file that holds it
 * @param answer what the destination answers that the listener asks: the message itself or its file
 * @param ignore places that are not compared
 */
public record CaseConfig(
        String name,
        Placed<String> listener,
        long received,
        Placed<String> message,
        Optional<Placed<String>> answer,
        Expect expect,
        List<MessagePath> ignore) {

    /** What a destination gets where nothing changes the message. */
    public static final String AS_RECEIVED = "received";

    /** Whether the text is a message rather than the name of a file. */
    public static boolean isInline(String text) {
        return text.indexOf('\n') >= 0 || text.startsWith("MSH");
    }

    /**
     * What should become of the message.
     *
     * @param ack MSA-1 of the first answer, or {@code none}; empty where it does not matter
     * @param reject the reason for which it is not taken; empty where it is taken
     * @param answer the file with what the sender gets, or {@link #AS_RECEIVED} for what the destination
     *     answered; empty where it does not matter
     * @param destinations what each destination gets, in order: files, or {@link #AS_RECEIVED}
     * @param held for each destination a part of the reason for which its delivery is held
     * @param none whether nothing goes out and nothing is held
     * @param findings codes of what is odd and tolerated; empty where it does not matter
     */
    public record Expect(
            Optional<String> ack,
            Optional<String> reject,
            Optional<Placed<String>> answer,
            Map<String, List<Placed<String>>> destinations,
            Map<String, Placed<String>> held,
            boolean none,
            Optional<List<String>> findings) {}
}
