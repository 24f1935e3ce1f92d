package org.khokahano.conformance.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.khokahano.conformance.rule.MessageKind;
import org.khokahano.conformance.rule.RuleLayer;
import org.khokahano.conformance.rule.RuleTree;
import org.khokahano.message.definition.Hl7Definitions;

/** Profiles as a layer over HL7's own: what a profile extends before itself, each once. Safe for several threads. */
public final class ProfileLayer implements RuleLayer {
    private final List<Profile> profiles;
    private final Hl7Definitions definitions;

    /** @param profiles in the order in which they are taken */
    public ProfileLayer(List<Profile> profiles, Hl7Definitions definitions) {
        this.profiles = List.copyOf(profiles);
        this.definitions = definitions;
    }

    @Override
    public String name() {
        return "profiles";
    }

    @Override
    public Set<String> profileIds() {
        TreeSet<String> ids = new TreeSet<>();
        profiles.forEach(profile -> profile.collectProfileIds(ids));
        return ids;
    }

    @Override
    public Object dependsOn(MessageKind kind) {
        Map<String, Profile> taken = taken(kind);
        return taken.isEmpty() ? "" : List.of(kind.version(), List.copyOf(taken.keySet()));
    }

    @Override
    public void addTo(RuleTree tree, MessageKind kind) {
        taken(kind)
                .forEach((name, profile) ->
                        new ProfileRules(profile, tree, new ElementCompiler(name, definitions, kind.version())).add());
    }

    /** Those that say anything of such messages, by name, in the order in which they are taken. */
    private Map<String, Profile> taken(MessageKind kind) {
        Map<String, Profile> taken = new LinkedHashMap<>();
        profiles.forEach(profile -> take(profile, kind, taken));
        return taken;
    }

    private static void take(Profile profile, MessageKind kind, Map<String, Profile> taken) {
        if (profile.isFor(kind) && !taken.containsKey(profile.name())) {
            profile.parents().forEach(parent -> take(parent, kind, taken));
            taken.putIfAbsent(profile.name(), profile);
        }
    }
}
