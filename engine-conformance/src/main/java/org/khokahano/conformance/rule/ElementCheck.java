package org.khokahano.conformance.rule;

import org.khokahano.validation.Findings;

/** A check of one place. The element is a cursor that moves on when the check has ended. */
@FunctionalInterface
public interface ElementCheck {

    void check(Element element, Findings findings);
}
