package org.khokahano.letter;

import java.util.Locale;
import org.khokahano.store.ConformanceCounts;
import org.khokahano.store.ConformanceCounts.Kind;

/** What a facility can do about findings of a kind. */
final class Remedy {

    private Remedy() {}

    /** A sentence on how to mend it; rules that it does not know speak for themselves. */
    static String of(Kind kind) {
        String place = kind.place().isEmpty() ? "the message" : kind.place();
        boolean isSegment = !place.contains("-");
        return switch (kind.rule()) {
            case "required", "usage" ->
                isSegment
                        ? "Send the segment " + place + " in every message of this type; where the rule says that it is"
                                + " not used, leave it out."
                        : "Fill " + place + " in every message that has its segment; where the rule says that it is not"
                                + " used, leave it empty. Look first at messages in which the value was never entered.";
            case "repetitions", "cardinality" ->
                "Send " + place + " as often as the rule allows: split or leave out"
                        + " what is too much, add what is missing.";
            case "length", "conformanceLength" ->
                "Send a shorter value in " + place + ", or move what does not fit"
                        + " to the field that is meant for it. Free text often stands where a code belongs.";
            case "dataType", "type" ->
                "Write the value of " + place + " in the form of its data type: dates as"
                        + " YYYYMMDD, times as HHMM, numbers with digits and a point and without their unit.";
            case "table", "binding" ->
                "Send one of the codes of the table in " + place + ": map your own codes to"
                        + " it in your interface, or tell us of codes that are missing from the table.";
            case "pattern" ->
                "Write the value of " + place + " in the form that the rule gives, and check it where"
                        + " it is entered.";
            case "constant" ->
                "Send exactly the value that the rule gives in " + place + "; it is the same in all"
                        + " messages, so that it belongs into the settings of your interface.";
            case "place" -> "Send the segment " + place + " where the profile has its place, and nowhere else.";
            case "unexpected" ->
                "Leave out of " + place + " what HL7 does not define there; what you need beyond it"
                        + " belongs into a Z segment that we agree on.";
            case "version" -> "Name in MSH-12 the version of HL7 that your messages follow, such as 2.5.1.";
            case "structure" ->
                isSegment
                        ? "Send the segments of the message in the order of its structure, with all that it requires."
                        : "Name type, event and structure of the message in MSH-9 as HL7 does, such as ADT^A01^ADT_A01.";
            case ConformanceCounts.OTHER ->
                "There are too many different findings of this kind to tell apart; ask us" + " for examples.";
            default ->
                kind.rule().toLowerCase(Locale.ROOT).startsWith("slice ")
                        ? "Send in " + place + " the repetition that the rule calls "
                                + kind.rule().substring("slice ".length()) + ", as often as it says and in its form."
                        : "Change your messages so that what the rule says is true: see the example.";
        };
    }
}
