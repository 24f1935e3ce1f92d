package org.khokahano.ack;

/** What became of a message, before it is said in the sender's acknowledgement mode. */
public enum Disposition {
    /** In safe storage. */
    ACCEPTED(AckCode.AA, AckCode.CA),
    /** Its content is at fault (2.8.2: AE). */
    CONTENT_ERROR(AckCode.AE, AckCode.CE),
    /** MSH-9, MSH-11 or MSH-12 is not acceptable. */
    UNACCEPTABLE(AckCode.AR, AckCode.CR),
    /** Longer than the receiver takes (R6), which is none of the reasons that CR has (R18). */
    TOO_LONG(AckCode.AR, AckCode.CE),
    /** The engine cannot take it now; nothing is wrong with the content (R14, R18). */
    SYSTEM_FAULT(AckCode.AR, AckCode.CE);

    private final AckCode original;
    private final AckCode enhanced;

    Disposition(AckCode original, AckCode enhanced) {
        this.original = original;
        this.enhanced = enhanced;
    }

    /** The code in original mode (2.8.2) or enhanced mode (2.8.3). */
    public AckCode code(boolean enhancedMode) {
        return enhancedMode ? enhanced : original;
    }
}
