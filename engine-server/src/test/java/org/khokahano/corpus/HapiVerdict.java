package org.khokahano.corpus;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.util.idgenerator.InMemoryIDGenerator;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.nio.charset.StandardCharsets;

/** What HAPI does with a message: with its default validation, and with none. */
enum HapiVerdict {
    /** It parses, and its default validation finds nothing. */
    ACCEPTS("accepts"),
    /** It parses; its default validation refuses it. */
    REFUSES("refuses by validation"),
    /** It cannot be parsed. */
    CANNOT_PARSE("cannot parse");

    private static final PipeParser STRICT = parser(true);
    private static final PipeParser LENIENT = parser(false);

    private final String words;

    HapiVerdict(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    static HapiVerdict of(byte[] bytes) {
        // A byte for a character: what HAPI makes of the structure does not depend on the characters.
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (parses(STRICT, text)) {
            return ACCEPTS;
        }
        return parses(LENIENT, text) ? REFUSES : CANNOT_PARSE;
    }

    private static boolean parses(PipeParser parser, String text) {
        try {
            parser.parse(text);
            return true;
        } catch (HL7Exception | RuntimeException e) {
            // HAPI answers some bytes with an exception that its signature does not name.
            return false;
        }
    }

    private static PipeParser parser(boolean validating) {
        DefaultHapiContext context = new DefaultHapiContext();
        context.getParserConfiguration().setIdGenerator(new InMemoryIDGenerator());
        context.setValidationContext(
                validating ? ValidationContextFactory.defaultValidation() : ValidationContextFactory.noValidation());
        return context.getPipeParser();
    }
}
