package org.khokahano.transform.value;

/** Makes one text of another. Safe for several threads. */
public interface ValueFunction {

    /**
     * The text that is written.
     *
     * @param text never empty and never HL7's null, which pass by every function untouched
     * @throws ValueException where nothing can be made of it
     */
    String apply(String text) throws ValueException;
}
