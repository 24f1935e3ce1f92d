package org.khokahano.conformance.rule;

import org.khokahano.message.Message;
import org.khokahano.route.Origin;
import org.khokahano.validation.Findings;

/** Whether something is true of a message. */
@FunctionalInterface
public interface MessageTest {

    boolean test(Message message, Origin origin, Findings findings);
}
