package org.khokahano.accept;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.khokahano.message.Header;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.store.NewMessage.BusinessKeys;
import org.khokahano.store.NewMessage.DuplicateKey;

/** What is taken out of a message on its way in: the keys to find it by, and its identity. */
final class Envelope {

    private static final MessagePath PATIENT_ID = MessagePath.parse("PID-3.1");

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private static final MessagePath ACKNOWLEDGED = MessagePath.parse("MSA-2");
    private static final MessagePath ACKNOWLEDGEMENT_CODE = MessagePath.parse("MSA-1");

    private Envelope() {}

    /** Whether a field says anything: HL7's null says no more than an empty one here (2.5.3). */
    static boolean isValued(String value) {
        return !value.isEmpty() && !value.equals("\"\"");
    }

    /** Whether MSH-10 tells the message from others. */
    static boolean isIdentified(Header header) {
        return isValued(header.controlId());
    }

    /**
     * Whether the message is an acknowledgement (R32): ACK, the delayed one of old versions (MCF), or
     * one so poor that it has an MSA and no type. A response with a type of its own, such as RSP or ORR,
     * is a message like others.
     */
    static boolean isAcknowledgement(Message message) {
        String code = message.header().messageCode();
        return code.equals("ACK") || code.equals("MCF") || (code.isEmpty() && message.count("MSA") > 0);
    }

    /** Whether an acknowledgement tells of a fault, or of nothing that the standard knows. */
    static boolean isNegative(Message acknowledgement) {
        String code = acknowledgement.get(ACKNOWLEDGEMENT_CODE);
        return !code.equals("AA") && !code.equals("CA");
    }

    /** Whether it is an accept acknowledgement, which ends an exchange (2.8.3). */
    static boolean isAcceptAcknowledgement(Message acknowledgement) {
        return acknowledgement.get(ACKNOWLEDGEMENT_CODE).startsWith("C");
    }

    /** MSA-2: what it acknowledges. */
    static String acknowledged(Message acknowledgement) {
        return acknowledgement.text(ACKNOWLEDGED);
    }

    static BusinessKeys businessKeys(Message message) {
        Header header = message.header();
        String event = header.triggerEvent();
        String type = event.isEmpty() ? header.messageCode() : header.messageCode() + '^' + event;
        return new BusinessKeys(
                type,
                header.controlId(),
                header.sendingApplication() + '|' + header.sendingFacility(),
                message.get(PATIENT_ID));
    }

    /**
     * What the fragments of one message have in common, as the header has it: delimiters, sender, receiver,
     * type, processing id, version and character set. Fragments of two messages are never joined for a
     * pointer that both use by accident, as long as these differ.
     */
    static String channel(Message message) {
        StringBuilder channel = new StringBuilder();
        for (int field : new int[] {1, 2, 3, 4, 5, 6, 9, 11, 12, 18}) {
            channel.append(new String(message.header().raw(field), StandardCharsets.ISO_8859_1))
                    .append('\r');
        }
        return channel.toString();
    }

    /**
     * The identity of a message to its sender (R57), or null where duplicates are not looked for. A
     * message without MSH-10 has no identity.
     */
    static @Nullable DuplicateKey duplicateKey(Message message, Duration window) {
        Header header = message.header();
        if (window.isZero() || !isIdentified(header)) {
            return null;
        }
        long hash = FNV_OFFSET;
        for (int field : new int[] {3, 4, 10}) {
            for (byte b : header.raw(field)) {
                hash = (hash ^ (b & 0xff)) * FNV_PRIME;
            }
            hash = (hash ^ 0x100) * FNV_PRIME;
        }
        CRC32C bytes = new CRC32C();
        bytes.update(message.bytes(), 0, message.length());
        long content = (hash ^ bytes.getValue()) * FNV_PRIME;
        return new DuplicateKey(hash, content, window);
    }
}
