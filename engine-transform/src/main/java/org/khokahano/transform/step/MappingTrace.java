package org.khokahano.transform.step;

import java.util.function.Supplier;
import org.khokahano.message.MessagePath;

/**
 * Is told what each step does, to explain a message or to measure coverage. Nothing that it is told at once
 * is content; called by the thread that maps.
 */
public interface MappingTrace {

    /** A step is taken. */
    void took(StepPlace step);

    /**
     * A step is about to write a place, or to remove what stands there; numbered as it is at that moment.
     *
     * @param text what stands there whenever it is asked: content, for those who may show it. Until the next
     *     step is taken it is what this one wrote.
     */
    void wrote(StepPlace step, MessagePath path, Supplier<String> text);

    /** A condition was asked. */
    void decided(StepPlace step, boolean fulfilled);

    /** A mapping goes on with one of several messages that the one before it in a row made; from 1. */
    default void began(String mapping, int message, int of) {}

    /** The steps after a split go on with one of the messages that it made; from 1. */
    default void split(StepPlace step, int message, int of) {}

    /** The message goes no further, for a reason without content. */
    default void dropped(StepPlace step, String reason) {}
}
