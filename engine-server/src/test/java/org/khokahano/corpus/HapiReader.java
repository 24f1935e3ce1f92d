package org.khokahano.corpus;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.parser.PipeParser;
import java.nio.charset.StandardCharsets;

/**
 * What HAPI would have done: a parse with its default validation, and the message encoded again. It is
 * given what its users give it: one message, with segments that end in carriage returns.
 */
final class HapiReader {

    /** @param exact whether encoding gives the very text back, a missing last carriage return aside */
    record Outcome(boolean parsed, boolean exact) {}

    private static final Outcome REFUSED = new Outcome(false, false);

    private final HapiContext context = new DefaultHapiContext();
    private final PipeParser parser = context.getPipeParser();

    Outcome read(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1)
                .replace("\r\n", "\r")
                .replace('\n', '\r')
                .strip();
        try {
            String again = parser.encode(parser.parse(text));
            return new Outcome(true, again.strip().equals(text));
        } catch (HL7Exception | RuntimeException refused) {
            return REFUSED;
        }
    }
}
