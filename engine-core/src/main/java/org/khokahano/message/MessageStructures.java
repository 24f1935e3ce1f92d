package org.khokahano.message;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.Version;
import ca.uhn.hl7v2.parser.DefaultModelClassFactory;
import ca.uhn.hl7v2.parser.ModelClassFactory;
import org.jspecify.annotations.Nullable;

/** Which structure a message type and event have in a version (HL7 table 0354), from HAPI's maps. */
final class MessageStructures {
    private static final ModelClassFactory MAPS = new DefaultModelClassFactory();

    private static final MessagePath CODE = MessagePath.parse("MSH-9.1");
    private static final MessagePath EVENT = MessagePath.parse("MSH-9.2");
    private static final MessagePath DECLARED = MessagePath.parse("MSH-9.3");
    private static final MessagePath VERSION = MessagePath.parse("MSH-12.1");

    private MessageStructures() {}

    /** What MSH-9.3 says, or what HL7 defines for MSH-9.1 and MSH-9.2. */
    static String of(MessageView message) {
        String declared = message.get(DECLARED);
        return declared.isEmpty() ? of(message.get(CODE), message.get(EVENT), message.get(VERSION)) : declared;
    }

    static String of(String messageCode, String triggerEvent, String version) {
        if (messageCode.isEmpty()) {
            return "";
        }
        if (messageCode.equals("ACK") || triggerEvent.isEmpty()) {
            return messageCode;
        }
        String event = messageCode + "_" + triggerEvent;
        String structure = structure(event, TypedMessages.knownVersion(version));
        return structure == null ? event : structure;
    }

    private static @Nullable String structure(String event, Version version) {
        try {
            return MAPS.getMessageStructureForEvent(event, version);
        } catch (HL7Exception noMap) {
            // Versions before 2.3.1 have no structure names of their own; the event is the name.
            return null;
        }
    }
}
