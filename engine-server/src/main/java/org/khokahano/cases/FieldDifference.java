package org.khokahano.cases;

/**
 * A place at which two messages differ.
 *
 * @param path as in {@code PID-5.1}; of a line of a text that is no message, {@code line 3}
 * @param name HL7's name for it; empty where it has none
 * @param expected what should stand there; empty where nothing should
 * @param actual what stands there; empty where nothing does
 */
public record FieldDifference(String path, String name, String expected, String actual) {

    /** The place alone: what stands there is content. */
    @Override
    public String toString() {
        return "difference at " + path;
    }
}
