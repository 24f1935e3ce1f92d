package org.khokahano.engine;

import org.khokahano.expression.ConditionObserver;
import org.khokahano.table.LookupObserver;
import org.khokahano.transform.step.MappingTrace;

/** Is told of all that the configuration does with rehearsed messages, to measure what they cover. */
public interface RehearsalObserver extends ConditionObserver, MappingTrace, LookupObserver {}
