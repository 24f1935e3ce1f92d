package org.khokahano.send;

import java.util.Locale;

/** The ways a send can end, each with its own entry in a destination's answer table (R28). */
public enum OutcomeKind {
    AA("AA"),
    CA("CA"),
    AE("AE"),
    CE("CE"),
    AR("AR"),
    CR("CR"),
    NO_MSA("noMsa"),
    UNREADABLE("unreadable"),
    TIMEOUT("timeout"),
    REFUSED("refused"),
    RESET("reset"),
    /** The partner's sequence number does not fit this engine's (R36). */
    SEQUENCE("sequence"),
    /** No frame can hold the message, so that the partner would take a part of it for the whole (R1, R4). */
    UNSENDABLE("unsendable");

    private final String key;

    OutcomeKind(String key) {
        this.key = key;
    }

    /** The name in configuration, metrics and reports. */
    public String key() {
        return key;
    }

    /** The outcome for an acknowledgement code of HL7 table 0008, or UNREADABLE for another code. */
    public static OutcomeKind ofCode(String code) {
        return switch (code.toUpperCase(Locale.ROOT)) {
            case "AA" -> AA;
            case "CA" -> CA;
            case "AE" -> AE;
            case "CE" -> CE;
            case "AR" -> AR;
            case "CR" -> CR;
            default -> UNREADABLE;
        };
    }
}
