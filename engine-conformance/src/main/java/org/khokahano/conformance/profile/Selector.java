package org.khokahano.conformance.profile;

import java.util.List;
import java.util.Set;
import org.khokahano.conformance.rule.MessageKind;

/**
 * Which messages a profile is about.
 *
 * @param types none for those of the profiles that it extends
 * @param versions MSH-12.1; none for all
 * @param profileId MSH-21.1 of one repetition; empty for any
 */
public record Selector(List<MessageType> types, Set<String> versions, String profileId) {

    public Selector {
        types = List.copyOf(types);
        versions = Set.copyOf(versions);
    }

    /**
     * MSH-9.
     *
     * @param event empty for every event
     * @param structure empty for every structure
     */
    public record MessageType(String code, String event, String structure) {

        boolean takes(MessageKind kind) {
            return code.equals(kind.code())
                    && (event.isEmpty() || event.equals(kind.event()))
                    && (structure.isEmpty() || structure.equals(kind.structure()));
        }
    }

    boolean takes(MessageKind kind) {
        return (versions.isEmpty() || versions.contains(kind.version()))
                && (profileId.isEmpty() || kind.profileIds().contains(profileId))
                && (types.isEmpty() || types.stream().anyMatch(type -> type.takes(kind)));
    }
}
