package org.khokahano.conformance.profile;

import com.google.re2j.Pattern;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a value.
 *
 * @param constants what it may be; none for anything
 * @param type the data type in the place of HL7's; empty for HL7's
 */
public record ValueProfile(
        @Nullable Bounds length,
        @Nullable Pattern pattern,
        Set<String> constants,
        @Nullable Binding binding,
        String type) {

    public ValueProfile {
        constants = Set.copyOf(constants);
    }

    /** The codes that a value may have. */
    @FunctionalInterface
    public interface Codes {
        /** Whether the code was valid when the message was received. */
        boolean has(String code, long receivedMillis);
    }

    /**
     * A table of codes.
     *
     * @param words what it is called in a sentence: {@code value set sex-ls}
     */
    public record Binding(String words, Codes codes) {}
}
