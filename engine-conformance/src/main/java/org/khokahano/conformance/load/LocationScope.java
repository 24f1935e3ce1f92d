package org.khokahano.conformance.load;

import java.util.ArrayList;
import java.util.List;
import org.khokahano.conformance.load.SourceProfile.SourceNode;
import org.khokahano.conformance.load.SourceProfile.SourceSegment;

/**
 * Paths as HL7v2xConformanceProfile documents have them where they hold assertions: {@code ./2}, {@code ../4/20}.
 *
 * @param around the group that the segment stands in
 * @param base where {@code .} is: numbers of field, component and subcomponent
 */
record LocationScope(SourceNode around, SourceSegment segment, List<Integer> base) implements Scope {

    @Override
    public Target resolve(String location) throws NotConvertibleException {
        List<Integer> numbers = new ArrayList<>(base);
        boolean outside = false;
        for (String step : location.split("/", -1)) {
            if (step.equals("..")) {
                if (outside) {
                    throw new NotConvertibleException("'" + location + "' leads out of the group");
                }
                outside = numbers.isEmpty();
                if (!outside) {
                    numbers.remove(numbers.size() - 1);
                }
            } else if (step.matches("[1-9][0-9]{0,3}")) {
                numbers.add(Integer.parseInt(step));
            } else if (!step.equals(".")) {
                throw new NotConvertibleException("'" + location + "' is no path that can be read");
            }
        }
        List<Step> steps = numbers.stream().map(number -> new Step(number, 1)).toList();
        if (!outside) {
            return ElementScope.of(segment).resolve(steps);
        }
        StringBuilder path = new StringBuilder();
        steps.forEach(step ->
                path.append(path.isEmpty() ? "" : ".").append(step.position()).append("[1]"));
        return new GroupScope(around).resolve(path.toString());
    }
}
