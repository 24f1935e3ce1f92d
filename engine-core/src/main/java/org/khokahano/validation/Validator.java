package org.khokahano.validation;

import org.khokahano.message.Message;
import org.khokahano.route.Origin;

/** Looks for what is wrong with a message. Safe for several threads; never blocks, never throws. */
public interface Validator {

    /** Its name in the configuration, or that of its layer. */
    String name();

    /** Adds what it finds; ends when the budget of the findings is spent. */
    void validate(Message message, Origin origin, Findings findings);
}
