package org.khokahano.conformance.rule;

import java.util.Set;
import java.util.TreeSet;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;

/**
 * What a message is, as far as rules depend on it.
 *
 * @param version MSH-12.1
 * @param code MSH-9.1
 * @param event MSH-9.2
 * @param structure MSH-9.3, or what HL7 defines for code and event (R56)
 * @param profileIds those that layers ask for of what MSH-21.1 holds
 */
public record MessageKind(String version, String code, String event, String structure, Set<String> profileIds) {
    private static final MessagePath PROFILE_ID = MessagePath.parse("MSH-21");

    /** HL7's names are much shorter; kinds are kept, and a sender's megabytes are not. */
    private static final int LONGEST = 64;

    public MessageKind {
        version = shortened(version);
        code = shortened(code);
        event = shortened(event);
        structure = shortened(structure);
        profileIds = Set.copyOf(profileIds);
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
    }

    /**
     * The kind of a message.
     *
     * @param asked the profile ids that make a difference; others are not looked at
     */
    public static MessageKind of(Message message, Set<String> asked) {
        Set<String> declared = Set.of();
        if (!asked.isEmpty()) {
            declared = new TreeSet<>(message.all(PROFILE_ID));
            declared.retainAll(asked);
        }
        return new MessageKind(
                message.header().version(),
                message.header().messageCode(),
                message.header().triggerEvent(),
                message.structure(),
                declared);
    }
}
