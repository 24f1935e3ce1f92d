package org.khokahano.conformance.rule;

import org.khokahano.validation.Findings;

/** Whether something is true of a place. The element is a cursor that moves on afterwards. */
@FunctionalInterface
public interface ElementTest {

    boolean test(Element element, Findings findings);
}
