package org.khokahano.conformance.load;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.khokahano.conformance.load.SourceProfile.SourceElement;

/** What the paths of a condition are relative to. */
interface Scope {

    /** Where a path leads. */
    Target resolve(String path) throws NotConvertibleException;

    /** The same, as it is seen from where another path leads to. */
    default Scope within(String path) throws NotConvertibleException {
        throw new NotConvertibleException("it is about each of several places within a place");
    }

    /**
     * A place in a message.
     *
     * @param path as expressions have it
     * @param many whether there may be several values
     * @param leaves the paths of all that may hold a value there
     * @param type HL7's name of the data type; empty where it is not known
     * @param composite whether it has components
     */
    record Target(String path, boolean many, List<String> leaves, String type, boolean composite) {

        static Target of(String path, boolean many, @Nullable SourceElement element) {
            return element == null
                    ? new Target(path, many, List.of(path), "", false)
                    : new Target(
                            path,
                            many,
                            leaves(path, element),
                            element.type().name(),
                            !element.parts().isEmpty());
        }

        private static List<String> leaves(String path, SourceElement element) {
            List<String> leaves = new ArrayList<>();
            for (int i = 0; i < element.parts().size(); i++) {
                SourceElement part = element.parts().get(i);
                if (!part.usage().written().equals("X")) {
                    leaves.addAll(leaves(path + '.' + (i + 1), part));
                }
            }
            return leaves.isEmpty() ? List.of(path) : leaves;
        }

        /** Something is there. */
        String present() {
            return CelText.or(leaves.stream()
                    .map(leaf -> many ? CelText.values(leaf) + ".exists(v, v != '')" : CelText.value(leaf) + " != ''")
                    .toList());
        }

        String absent() {
            return CelText.and(leaves.stream()
                    .map(leaf -> many ? CelText.values(leaf) + ".all(v, v == '')" : CelText.value(leaf) + " == ''")
                    .toList());
        }

        /** The place of its code: of a composite the component of that number. */
        Target code(int component) {
            return composite ? new Target(path + '.' + component, many, List.of(), "", false) : this;
        }
    }

    /**
     * One step of a path: {@code 5[2]}, {@code 5[*]}.
     *
     * @param instance from 1; 0 for each
     */
    record Step(int position, int instance) {
        private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,3})(?:\\[([1-9][0-9]{0,3}|\\*)])?");

        static List<Step> all(String path) throws NotConvertibleException {
            List<Step> steps = new ArrayList<>();
            for (String written : path.split("\\.", -1)) {
                Matcher step = FORM.matcher(written.strip());
                if (!step.matches()) {
                    throw new NotConvertibleException("'" + path + "' is no path that can be read");
                }
                String instance = step.group(2);
                steps.add(new Step(
                        Integer.parseInt(step.group(1)),
                        instance == null ? 1 : instance.equals("*") ? 0 : Integer.parseInt(instance)));
            }
            return steps;
        }

        boolean isEach() {
            return instance == 0;
        }
    }
}
