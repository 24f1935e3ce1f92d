package org.khokahano.conformance.load;

import java.util.List;

/**
 * The documents of a profile.
 *
 * @param profile the profile itself
 * @param companions value sets, constraints and bindings, in any order; each says itself what it is
 */
public record ProfileSource(Document profile, List<Document> companions) {

    public ProfileSource {
        companions = List.copyOf(companions);
    }

    /**
     * A document.
     *
     * @param name of it in errors and notes: its path as it was given
     */
    public record Document(String name, byte[] bytes) {}
}
