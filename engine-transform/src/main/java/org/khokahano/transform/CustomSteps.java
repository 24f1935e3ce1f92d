package org.khokahano.transform;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.khokahano.transform.step.CustomStep;

/** The steps written in Java that are on the class path. */
public final class CustomSteps {
    private CustomSteps() {}

    /** The step of that name. */
    public static Optional<CustomStep> named(String name) {
        return Optional.ofNullable(all().get(name));
    }

    /** The names of all steps. */
    public static Set<String> names() {
        return all().keySet();
    }

    private static Map<String, CustomStep> all() {
        Map<String, CustomStep> found = new LinkedHashMap<>();
        for (CustomStep step : ServiceLoader.load(CustomStep.class)) {
            found.putIfAbsent(step.name(), step);
        }
        return found;
    }
}
