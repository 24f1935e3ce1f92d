package org.khokahano.message;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.ErrorCode;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.Location;
import ca.uhn.hl7v2.Version;
import ca.uhn.hl7v2.parser.CanonicalModelClassFactory;
import ca.uhn.hl7v2.parser.DefaultModelClassFactory;
import ca.uhn.hl7v2.parser.DefaultXMLParser;
import ca.uhn.hl7v2.parser.ModelClassFactory;
import ca.uhn.hl7v2.parser.ParserConfiguration;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.util.idgenerator.InMemoryIDGenerator;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.util.EnumMap;
import java.util.Map;
import org.w3c.dom.Document;

/**
 * HAPI, set up once and for all: nothing validated, nothing written to disk, unknown versions read
 * as the newest known one. Loaded by the first message that wants it, since it costs 0.2 s.
 */
final class TypedMessages {
    /** The versions whose structures are on the class path. */
    private static final Map<Version, Boolean> STRUCTURES = structures();

    private static final MessagePath ENCODING_CHARACTERS = MessagePath.parse("MSH-2");
    private static final Version NEWEST = Version.V281;

    private TypedMessages() {}

    /** Made by the class loader when the first typed message is asked for, not at the start. */
    private static final class Parsers {
        private static final HapiContext KNOWN_CONTEXT = context(new DefaultModelClassFactory());
        private static final HapiContext UNKNOWN_CONTEXT = context(new CanonicalModelClassFactory(NEWEST.getVersion()));
        static final PipeParser KNOWN = KNOWN_CONTEXT.getPipeParser();
        static final PipeParser UNKNOWN = UNKNOWN_CONTEXT.getPipeParser();

        /** One for each use: nothing says that several threads may share one. */
        static DefaultXMLParser xml(boolean known) {
            return new DefaultXMLParser(known ? KNOWN_CONTEXT : UNKNOWN_CONTEXT);
        }

        private static HapiContext context(ModelClassFactory structures) {
            ParserConfiguration configuration = new ParserConfiguration();
            configuration.setIdGenerator(new InMemoryIDGenerator());
            configuration.setAllowUnknownVersions(true);
            configuration.setValidating(false);
            // An empty or unknown OBX-2 or MFE-5 is frequent and must not lose the whole message.
            configuration.setDefaultObx2Type("ST");
            configuration.setInvalidObx2Type("ST");
            configuration.setDefaultMfe5Type("ST");
            configuration.setInvalidMfe5Type("ST");
            return new DefaultHapiContext(configuration, ValidationContextFactory.noValidation(), structures);
        }
    }

    static ca.uhn.hl7v2.model.Message parse(Message message) throws TypedMessageException {
        boolean known = isKnown(message.header().version());
        try {
            return (known ? Parsers.KNOWN : Parsers.UNKNOWN).parse(text(withVersion(message)));
        } catch (HL7Exception refused) {
            throw new TypedMessageException(refused.getErrorCode(), location(refused));
        } catch (RuntimeException | StackOverflowError bug) {
            // HAPI meets some malformed input with a bare runtime exception, its text unsafe too, and
            // recurses as deep as a message has segments that its structure does not foresee.
            throw new TypedMessageException(ErrorCode.APPLICATION_INTERNAL_ERROR.getCode(), "");
        }
    }

    /** The message that a document in HL7's XML encoding is, with its segments ended by CR. */
    static String ofXml(Document document, String version) throws HL7Exception {
        boolean known = isKnown(version);
        ca.uhn.hl7v2.model.Message read =
                Parsers.xml(known).parseDocument(document, known ? version : NEWEST.getVersion());
        return (known ? Parsers.KNOWN : Parsers.UNKNOWN).encode(read);
    }

    /** The message in HL7's XML encoding. */
    static Document toXml(Message message) throws TypedMessageException, HL7Exception {
        return Parsers.xml(isKnown(message.header().version())).encodeDocument(parse(message));
    }

    /** HAPI reads an unknown version, but wants one to be there. */
    private static Message withVersion(Message message) {
        return message.header().version().isEmpty()
                ? message.edit().set("MSH-12.1", NEWEST.getVersion()).apply()
                : message;
    }

    /** The version, or the newest that has structures where the name is unknown or empty. */
    static Version knownVersion(String name) {
        Version version = Version.versionOf(name);
        return version != null && STRUCTURES.containsKey(version) ? version : NEWEST;
    }

    private static boolean isKnown(String name) {
        Version version = Version.versionOf(name);
        return version != null && STRUCTURES.containsKey(version);
    }

    private static Map<Version, Boolean> structures() {
        Map<Version, Boolean> known = new EnumMap<>(Version.class);
        for (Version version : Version.values()) {
            if (version != Version.V271) {
                known.put(version, true);
            }
        }
        return known;
    }

    /** The message as HAPI wants it: decoded, segments ended by CR, four encoding characters. */
    private static String text(Message message) {
        SegmentIndex index = message.index();
        StringBuilder text = new StringBuilder(message.length() + 16);
        for (int i = 0; i < index.count(); i++) {
            if (index.code(i) != SegmentNames.UNNAMED) {
                text.append(message.decode(index.start(i), index.end(i), false)).append('\r');
            }
        }
        // HAPI knows a fifth encoding character only in 2.7 and later; hospitals send it before.
        int first = SegmentNames.LENGTH + 1;
        String encodingCharacters = message.get(ENCODING_CHARACTERS);
        String used = message.delimiters().toString().substring(1);
        String four = used.substring(0, Math.min(4, used.length()));
        return text.replace(first, first + encodingCharacters.length(), four).toString();
    }

    private static String location(HL7Exception refused) {
        Location location = refused.getLocation();
        if (location == null || location.getSegmentName() == null || !SegmentNames.isName(location.getSegmentName())) {
            return "";
        }
        StringBuilder path = new StringBuilder(location.getSegmentName());
        if (location.getField() > 0) {
            path.append('-').append(location.getField());
        }
        if (location.getComponent() > 0) {
            path.append('.').append(location.getComponent());
        }
        return path.toString();
    }
}
