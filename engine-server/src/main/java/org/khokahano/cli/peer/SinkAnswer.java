package org.khokahano.cli.peer;

/** How a sink answers a message. */
public enum SinkAnswer {
    AA,
    AE,
    AR,
    CA,
    CE,
    CR,
    /** Never. */
    NONE("none"),
    /** AA for a message that nobody sent. */
    WRONG_ID("wrong-id"),
    /** Closes the connection instead. */
    DROP("drop");

    private final String word;

    SinkAnswer() {
        this.word = name();
    }

    SinkAnswer(String word) {
        this.word = word;
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return word;
    }
}
