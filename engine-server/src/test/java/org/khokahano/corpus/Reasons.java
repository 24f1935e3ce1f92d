package org.khokahano.corpus;

import java.util.List;
import java.util.Map;

/**
 * Why it is right to reject or hold a message, for each reason that occurs. A reason that does not stand
 * here fails the report: somebody has to look at the messages first, and then at the engine.
 */
final class Reasons {

    private static final Map<String, String> REJECTIONS = Map.of(
            "unsolicitedAck",
            "It is an acknowledgement that nobody waits for; answering one could go on for ever (R32).",
            "unsupportedType",
            "MSH-9.1 is empty: nobody can tell what the message is (R13). Most are MSH segments of tests, or have"
                    + " their fields in the wrong places.",
            "unsupportedProcessingId",
            "MSH-11 is none of P, T and D, mostly a value from elsewhere (R13). N came with a later table than the"
                    + " messages' 2.5.1; a site that wants it sets `processingIds`.",
            "unsupportedVersion",
            "MSH-12 names no version that HL7 has published, as `2.999` and `garbage` (R13).",
            "badEncodingCharacters",
            "MSH-2 has letters, digits or quotes as delimiters, so that text cannot be told from structure (R53)."
                    + " Nearly all are inputs of another project's fuzzer.",
            "noEncodingCharacters",
            "MSH-2 is empty: components and repetitions cannot be told apart (R53).",
            "noFieldSeparator",
            "Several messages in one frame, and in one of them MSH stands alone on its line: where a message begins and what"
                    + " delimits it cannot be told (R43, R53).",
            "batch",
            "`BTS-1` or `FTS-1` counts other messages than there are, or a header has no trailer: something may have"
                    + " been lost on the way (R43, `broken: reject`).");

    private static final Map<String, String> RULES = Map.of(
            "structure",
            "A segment or group that the message's structure requires is missing, or stands where it has no place.",
            "required",
            "HL7 requires the field and it is empty.",
            "dataType",
            "The value is no number, date or time where HL7 asks for one, such as a time of day in a DT field or"
                    + " `01/02/2025`.",
            "table",
            "The code is not in a table that HL7 closes.");

    private Reasons() {}

    static String ofRejection(String code) {
        return known(REJECTIONS, code);
    }

    static String ofRule(String rule) {
        return known(RULES, rule);
    }

    static List<String> rules() {
        return RULES.keySet().stream().sorted().toList();
    }

    private static String known(Map<String, String> sentences, String reason) {
        String sentence = sentences.get(reason);
        if (sentence == null) {
            throw new IllegalStateException(
                    "nothing in Reasons says why it is right to turn a message away for '" + reason + "'");
        }
        return sentence;
    }
}
