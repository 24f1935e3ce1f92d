package org.khokahano.conformance.rule;

import org.khokahano.message.Message;
import org.khokahano.route.Origin;
import org.khokahano.validation.Findings;

/** A check of a message as a whole: its structure, a constraint between fields. */
@FunctionalInterface
public interface MessageCheck {

    void check(Message message, Origin origin, Findings findings);
}
