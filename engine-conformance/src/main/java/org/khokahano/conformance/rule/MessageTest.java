package org.khokahano.conformance.rule;

import org.khokahano.message.Message;
import org.khokahano.message.MessageView;
import org.khokahano.route.Origin;
import org.khokahano.validation.Findings;

/** Whether something is true of a message. */
@FunctionalInterface
public interface MessageTest {

    /** @param seen the message as it is seen from the place that it is asked for */
    boolean test(MessageView seen, Message message, Origin origin, Findings findings);
}
