package org.khokahano.config;

/** What can come of a delivery (R28). */
public enum AnswerKind {
    /** Original mode: accepted. */
    AA,
    /** Enhanced mode: in safe storage. */
    CA,
    /** Original mode: an error in the content. */
    AE,
    /** Enhanced mode: not stored. */
    CE,
    /** Original mode: refused. */
    AR,
    /** Enhanced mode: refused. */
    CR,
    /** A message came back that acknowledges nothing. */
    NO_MSA,
    /** What came back is no message. */
    UNREADABLE,
    /** Nothing came back in time. */
    TIMEOUT,
    /** No connection could be made. */
    REFUSED,
    /** The connection broke before the answer. */
    RESET,
    /** The sequence numbers of the two sides do not fit (R36). */
    SEQUENCE,
    /** No frame can hold the message. */
    UNSENDABLE;

    /** As it is written: HL7's codes as they are, the others in camel case. */
    public String word() {
        return switch (this) {
            case AA, CA, AE, CE, AR, CR -> name();
            case NO_MSA -> "noMsa";
            case UNREADABLE -> "unreadable";
            case TIMEOUT -> "timeout";
            case REFUSED -> "refused";
            case RESET -> "reset";
            case SEQUENCE -> "sequence";
            case UNSENDABLE -> "unsendable";
        };
    }
}
