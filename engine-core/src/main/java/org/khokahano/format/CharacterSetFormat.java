package org.khokahano.format;

import org.khokahano.message.CharacterSetChange;
import org.khokahano.message.CharacterSetChange.Outcome.Changed;
import org.khokahano.message.CharacterSetChange.Outcome.Unsayable;
import org.khokahano.message.Message;

/** HL7 as it is, in the one character set that a partner reads (R49). */
public final class CharacterSetFormat implements OutputFormat {

    private final CharacterSetChange change;

    /**
     * @param characterSet as in HL7 table 0211: one of {@link CharacterSetChange#names}
     * @throws IllegalArgumentException where it is none of them
     */
    public CharacterSetFormat(String characterSet) {
        this.change = CharacterSetChange.to(characterSet);
    }

    @Override
    public String mediaType() {
        return "x-application/hl7-v2+er7";
    }

    @Override
    public FormatOutcome write(Message message) {
        CharacterSetChange.Outcome outcome = change.change(message);
        return outcome instanceof Changed changed
                ? new FormatOutcome.Written(changed.bytes())
                : new FormatOutcome.Unsayable(((Unsayable) outcome).reason());
    }
}
