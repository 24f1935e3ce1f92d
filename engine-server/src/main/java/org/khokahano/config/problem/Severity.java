package org.khokahano.config.problem;

/** Whether the engine can start in spite of a problem. */
public enum Severity {
    /** It cannot. */
    ERROR("error"),
    /** It can, though something is probably not as it was meant. */
    WARNING("warning");

    private final String word;

    Severity(String word) {
        this.word = word;
    }

    /** As it is printed. */
    public String word() {
        return word;
    }
}
