package org.khokahano.config;

import java.util.Map;

/**
 * Something that messages go out to.
 *
 * @param answers what to do after each kind of answer; all kinds are there (R28)
 */
public record DestinationConfig(
        DestinationTransport transport,
        OrderConfig order,
        RetryConfig retry,
        Map<AnswerKind, AnswerRule> answers,
        MemoryConfig memory) {}
