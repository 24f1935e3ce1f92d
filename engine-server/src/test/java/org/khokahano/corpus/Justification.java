package org.khokahano.corpus;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Why a message that is not accepted is rightly not accepted, for each reason that there is. A reason that is not
 * here fails the build: somebody has to look at the messages first.
 */
final class Justification {
    private static final Map<String, String> REJECTED = new LinkedHashMap<>();
    private static final Map<String, String> HELD = new LinkedHashMap<>();

    static {
        REJECTED.put(
                "unsolicitedAck",
                "An acknowledgement is never answered nor passed on, or two engines would go on for ever (R32).");
        REJECTED.put(
                "unsupportedType",
                "MSH-9.1 is empty: nobody can say what to do with the message, and the sender has to be told (R17).");
        REJECTED.put(
                "unsupportedProcessingId",
                "MSH-11.1 is none of P, T and D of table 0103: test and real patients could be mixed up (R17).");
        REJECTED.put(
                "unsupportedVersion",
                "MSH-12.1 names no version of HL7 v2, so that nothing of it can be relied on (R17).");
        REJECTED.put(
                "badEncodingCharacters",
                "MSH-2 does not hold characters that differ and can separate: where a field or component ends cannot be told (R53).");
        REJECTED.put("noEncodingCharacters", "MSH-2 is empty: nothing says what separates components (R53).");
        REJECTED.put(
                "batch",
                "The batch does not agree with itself: BTS-1 or FTS-1 counts other than what is there, or a trailer is"
                        + " missing; a part may be lost (R43).");
        HELD.put(
                "structure",
                "A segment or group that HL7 requires in this structure and version is missing, or the message holds"
                        + " several messages without a batch.");
        HELD.put("required", "A field that HL7 requires in this version is empty.");
        HELD.put(
                "dataType",
                "A value is no number, date or time where HL7's data type is one: a receiver cannot read it.");
    }

    private Justification() {}

    static Optional<String> of(Judged judged) {
        return switch (judged.fate()) {
            case ACCEPTED -> Optional.of("");
            case HELD -> Optional.ofNullable(HELD.get(judged.reason()));
            case REJECTED -> Optional.ofNullable(REJECTED.get(judged.reason()));
        };
    }
}
