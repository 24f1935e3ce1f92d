package org.khokahano.conformance.rule;

import org.khokahano.message.Message;

/**
 * What a message is, as far as rules depend on it.
 *
 * @param version MSH-12.1
 * @param code MSH-9.1
 * @param event MSH-9.2
 * @param structure MSH-9.3, or what HL7 defines for code and event (R56)
 */
public record MessageKind(String version, String code, String event, String structure) {

    public static MessageKind of(Message message) {
        return new MessageKind(
                message.header().version(),
                message.header().messageCode(),
                message.header().triggerEvent(),
                message.structure());
    }
}
