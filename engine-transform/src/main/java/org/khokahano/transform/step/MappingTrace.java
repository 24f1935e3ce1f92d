package org.khokahano.transform.step;

import org.khokahano.message.MessagePath;

/**
 * Is told what each step does, to explain a message or to measure coverage. Paths only, no values;
 * called by the thread that maps.
 */
public interface MappingTrace {

    /** A step is taken. */
    void took(StepPlace step);

    /** A step wrote a place, or removed what stood there; numbered as it is at that moment. */
    void wrote(StepPlace step, MessagePath path);

    /** A condition was asked. */
    void decided(StepPlace step, boolean fulfilled);
}
