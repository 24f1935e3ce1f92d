package org.khokahano.transform;

import java.util.Map;
import org.khokahano.message.Draft;
import org.khokahano.message.MessagePath;
import org.khokahano.message.MessageView;
import org.khokahano.route.Origin;
import org.khokahano.transform.step.CustomStep;
import org.khokahano.transform.step.StepException;

/** An example of a step in Java: writes a field backwards. */
public final class ReversingStep implements CustomStep {

    @Override
    public String name() {
        return "reverse";
    }

    @Override
    public String problem(Map<String, String> settings) {
        return settings.containsKey("field") ? "" : "it needs the setting 'field'";
    }

    @Override
    public void run(Draft message, MessageView received, Origin origin, Map<String, String> settings)
            throws StepException {
        MessagePath field = MessagePath.of(settings.getOrDefault("field", ""));
        String value = message.get(field);
        if (value.isEmpty()) {
            throw new StepException(field + " is empty");
        }
        message.set(field, new StringBuilder(value).reverse().toString());
    }
}
