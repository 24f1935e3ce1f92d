package org.khokahano.conformance.profile;

import java.util.HashSet;
import java.util.List;
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
    public void addTo(RuleTree tree, MessageKind kind) {
        Set<String> added = new HashSet<>();
        profiles.forEach(profile -> add(profile, tree, kind, added));
    }

    private void add(Profile profile, RuleTree tree, MessageKind kind, Set<String> added) {
        if (profile.isFor(kind) && !added.contains(profile.name())) {
            profile.parents().forEach(parent -> add(parent, tree, kind, added));
            if (added.add(profile.name())) {
                new ProfileRules(profile, tree, new ElementCompiler(profile.name(), definitions, kind.version())).add();
            }
        }
    }
}
