package org.khokahano.transform.step;

import java.util.Map;
import org.khokahano.message.Draft;
import org.khokahano.message.MessageView;
import org.khokahano.route.Origin;

/**
 * A step in Java, for what no other step can say: {@code {run: my-step, with: {...}}}. Classes that
 * implement it are found by the {@link java.util.ServiceLoader}: the jar that holds them has a file
 * {@code META-INF/services/org.khokahano.transform.step.CustomStep} with their names, and is put on the
 * engine's class path.
 *
 * <p>It is safe for several threads, keeps nothing of a message, never blocks (no socket, no file, no
 * lock that may be held for long): it runs before the sender gets its acknowledgement.
 */
public interface CustomStep {

    /** What {@code run:} calls it: lower case letters, digits and hyphens. */
    String name();

    /**
     * What is wrong with the settings, for {@code khoka check}; empty where nothing is.
     *
     * @param settings what stands under {@code with:}
     */
    default String problem(Map<String, String> settings) {
        return "";
    }

    /**
     * Edits a message.
     *
     * @param message reads and writes
     * @param received the message as it was received
     * @param settings what stands under {@code with:}
     * @throws StepException where it cannot be done; the delivery is held with its reason, which must not
     *     hold content of the message
     */
    void run(Draft message, MessageView received, Origin origin, Map<String, String> settings) throws StepException;
}
