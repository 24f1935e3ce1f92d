package org.khokahano.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.profile.ProfileConfig;
import org.khokahano.config.profile.ProfileConfig.ElementConfig;
import org.khokahano.config.profile.ProfileConfig.UsageConfig;
import org.khokahano.config.profile.ProfileFiles;
import org.khokahano.config.read.Placed;
import org.khokahano.conformance.profile.Usage;

/**
 * Whether two profiles that a third extends contradict each other: what one requires, the other forbids. The
 * later one would win in silence.
 */
final class ProfileConflicts {
    private final ProfileChain chain;
    private final Problems problems;

    ProfileConflicts(ProfileChain chain, Problems problems) {
        this.chain = chain;
        this.problems = problems;
    }

    /** A usage, and the profile that says it. */
    private record Said(Usage usage, String profile) {}

    void check(String file, ProfileConfig profile) {
        Map<String, Said> own = new TreeMap<>();
        collect(profile, own);
        Map<String, Said> before = new LinkedHashMap<>();
        for (Placed<String> parent : profile.parents()) {
            Map<String, Said> said = new TreeMap<>();
            all(ProfileFiles.resolve(file, parent.value()), said);
            Optional<String> contradicted = said.keySet().stream()
                    .filter(place -> !own.containsKey(place) && contradict(before.get(place), said.get(place)))
                    .findFirst();
            contradicted.ifPresent(place -> tell(parent, place, before, said));
            before.putAll(said);
        }
    }

    private void tell(Placed<String> parent, String place, Map<String, Said> before, Map<String, Said> said) {
        Said one = before.get(place);
        Said other = said.get(place);
        if (one != null && other != null) {
            problems.error(
                    parent.place(),
                    "the profiles '" + one.profile() + "' and '" + other.profile() + "' contradict each other at "
                            + place + ": usage " + one.usage() + " and " + other.usage(),
                    "say in this profile which usage counts there");
        }
    }

    private static boolean contradict(@Nullable Said one, @Nullable Said other) {
        return one != null
                && other != null
                && !one.profile().equals(other.profile())
                && (one.usage() == Usage.R && other.usage() == Usage.X
                        || one.usage() == Usage.X && other.usage() == Usage.R);
    }

    private void all(String file, Map<String, Said> said) {
        chain.parents(file).forEach(parent -> all(parent, said));
        ProfileConfig profile = chain.profile(file);
        if (profile != null) {
            collect(profile, said);
        }
    }

    private static void collect(ProfileConfig profile, Map<String, Said> said) {
        profile.segments().forEach((name, segment) -> {
            put(said, name, segment.value().usage(), profile);
            segment.value()
                    .fields()
                    .forEach((number, field) -> collect(name + "-" + number, field.value(), profile, said));
        });
    }

    private static void collect(String place, ElementConfig element, ProfileConfig profile, Map<String, Said> said) {
        put(said, place, element.usage(), profile);
        element.parts().forEach((number, part) -> collect(place + "." + number, part.value(), profile, said));
    }

    private static void put(
            Map<String, Said> said, String place, Optional<Placed<UsageConfig>> usage, ProfileConfig profile) {
        usage.filter(written -> !written.value().conditional())
                .ifPresent(written -> said.put(place, new Said(written.value().usage(), profile.profile())));
    }
}
