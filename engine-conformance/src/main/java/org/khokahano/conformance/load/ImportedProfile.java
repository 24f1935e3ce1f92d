package org.khokahano.conformance.load;

import java.util.List;
import java.util.Map;

/**
 * A profile that was imported.
 *
 * @param name of the profile, and of its file
 * @param message the message that it is about, as the document calls it
 * @param document what the YAML file says: maps, lists, texts and numbers, in their order
 * @param carried how many of what are in it
 * @param notes what is in it not as it stood, or not at all
 */
public record ImportedProfile(
        String name,
        String message,
        Map<String, Object> document,
        Map<String, Integer> carried,
        List<ImportNote> notes) {}
