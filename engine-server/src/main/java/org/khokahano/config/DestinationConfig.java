package org.khokahano.config;

import java.util.Map;
import java.util.Optional;

/**
 * Something that messages go out to.
 *
 * @param answers what to do after each kind of answer; all kinds are there (R28)
 * @param format what goes out, by the name of a format; HL7 where it is empty
 * @param characterSet what messages are written in, as in HL7 table 0211; as they are where it is empty
 * @param applicationAck how application acknowledgements are asked for; they are not where it is empty
 * @param sequence how messages are numbered; they are not where it is empty
 * @param splitBytes the longest message that goes whole; longer ones go in fragments (R38-R41)
 * @param batch how messages are gathered into batches (R43); each goes by itself where it is empty
 */
public record DestinationConfig(
        DestinationTransport transport,
        OrderConfig order,
        RetryConfig retry,
        Map<AnswerKind, AnswerRule> answers,
        MemoryConfig memory,
        Optional<String> format,
        Optional<String> characterSet,
        Optional<AskedAckConfig> applicationAck,
        Optional<SentSequenceConfig> sequence,
        Optional<Long> splitBytes,
        Optional<GatherConfig> batch) {}
