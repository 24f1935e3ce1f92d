package org.khokahano.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.profile.ProfileConfig;
import org.khokahano.config.profile.ProfileConfig.ForConfig;
import org.khokahano.config.profile.ProfileFiles;
import org.khokahano.config.read.Placed;
import org.khokahano.message.definition.Hl7Definitions;
import org.khokahano.message.definition.StructureNode;

/** What a profile is for and what it knows, by itself and by what it extends. */
final class ProfileChain {
    private final Map<String, ProfileConfig> profiles;
    private final Hl7Definitions definitions;

    ProfileChain(Map<String, ProfileConfig> profiles, Hl7Definitions definitions) {
        this.profiles = profiles;
        this.definitions = definitions;
    }

    @Nullable
    ProfileConfig profile(String file) {
        return profiles.get(file);
    }

    /** The files that a profile names under {@code extends} and that could be read. */
    List<String> parents(String file) {
        ProfileConfig profile = profiles.get(file);
        return profile == null
                ? List.of()
                : profile.parents().stream()
                        .map(written -> ProfileFiles.resolve(file, written.value()))
                        .filter(profiles::containsKey)
                        .toList();
    }

    /** The profile and all that it extends, the profile first. */
    Set<String> all(String file) {
        Set<String> found = new LinkedHashSet<>();
        collect(file, found);
        return found;
    }

    private void collect(String file, Set<String> found) {
        if (found.add(file)) {
            parents(file).forEach(parent -> collect(parent, found));
        }
    }

    /** How one file leads back to another, both included; empty where it does not. */
    List<String> way(String from, String to) {
        return way(from, to, new LinkedHashSet<>());
    }

    private List<String> way(String from, String to, Set<String> seen) {
        for (String parent : parents(from)) {
            if (parent.equals(to)) {
                return List.of(from, to);
            }
            if (seen.add(parent)) {
                List<String> rest = way(parent, to, seen);
                if (!rest.isEmpty()) {
                    List<String> whole = new ArrayList<>(List.of(from));
                    whole.addAll(rest);
                    return whole;
                }
            }
        }
        return List.of();
    }

    /** The message types that a profile is for. */
    Set<String> types(String file) {
        Set<String> types = new LinkedHashSet<>();
        types(file, types, new LinkedHashSet<>());
        return types;
    }

    private void types(String file, Set<String> types, Set<String> seen) {
        ProfileConfig profile = profiles.get(file);
        if (profile == null || !seen.add(file)) {
            return;
        }
        List<Placed<String>> own = profile.messages().map(ForConfig::types).orElse(List.of());
        own.forEach(type -> types.add(type.value()));
        if (own.isEmpty()) {
            parents(file).forEach(parent -> types(parent, types, seen));
        }
    }

    /** The versions that a profile may meet. */
    List<String> versions(String file) {
        Set<String> versions = new LinkedHashSet<>();
        for (String each : all(file)) {
            ProfileConfig profile = profiles.get(each);
            if (profile != null) {
                profile.messages()
                        .map(ForConfig::versions)
                        .orElse(List.of())
                        .forEach(version -> versions.add(version.value()));
            }
            if (!versions.isEmpty()) {
                break;
            }
        }
        List<String> known = versions.stream().filter(Hl7Definitions::isKnown).toList();
        return known.isEmpty() ? Hl7Definitions.versions() : known;
    }

    /** All structures that its messages may have. */
    List<StructureNode> structures(String file) {
        List<StructureNode> structures = new ArrayList<>();
        for (String version : versions(file)) {
            for (String type : types(file)) {
                structures.addAll(structures(type, version));
            }
        }
        return structures;
    }

    /** The structures of a message type as it is written in one version. */
    List<StructureNode> structures(String type, String version) {
        String[] parts = type.split("\\^", -1);
        if (parts.length == 1) {
            return definitions.structureNames(version).stream()
                    .filter(name -> name.startsWith(type))
                    .flatMap(name -> definitions.structure(name, version).stream())
                    .toList();
        }
        String name = parts.length > 2 ? parts[2] : definitions.structureOf(parts[0], parts[1], version);
        return definitions.structure(name, version).stream().toList();
    }

    /** The names of the value sets that places of a profile may name. */
    Set<String> valueSets(String file) {
        Set<String> names = new LinkedHashSet<>();
        for (String each : all(file)) {
            ProfileConfig profile = profiles.get(each);
            if (profile != null) {
                names.addAll(profile.valueSets().keySet());
            }
        }
        return names;
    }
}
