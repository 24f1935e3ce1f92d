package org.khokahano.cli.load;

import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What a run showed.
 *
 * @param sent messages sent
 * @param positive answered AA or CA for that very message
 * @param codes answers by their code
 * @param errors messages without an answer, by reason
 * @param latencyMicros from when a message was due until its answer
 * @param seconds from the first message to the last answer
 */
public record LoadResult(
        long sent,
        long positive,
        Map<String, Long> codes,
        Map<String, Long> errors,
        Histogram latencyMicros,
        double seconds) {}
