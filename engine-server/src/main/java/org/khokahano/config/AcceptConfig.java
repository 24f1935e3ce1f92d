package org.khokahano.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which messages a listener accepts, and how it acknowledges them.
 *
 * @param duplicates how long the same message is not forwarded again (R57); empty if it always is
 * @param processing the values of MSH-11 (R13)
 * @param versions the values of MSH-12; all if it is empty
 * @param batches how batches of messages are taken (R43-R45)
 * @param applicationAckTo the destination that application acknowledgements go to, in an exchange of their own
 * @param sequence how sequence numbers are gone by; they are not looked at where it is empty
 * @param continuation how messages in several fragments are taken; as whole ones where it is empty
 * @param utf16 whether UTF-16 is taken too (R51)
 * @param types the values of MSH-9, as ADT or ADT^A01; all if it is empty
 */
public record AcceptConfig(
        Optional<Duration> duplicates,
        List<ProcessingId> processing,
        List<String> versions,
        List<String> types,
        AckMode mode,
        OneSided oneSided,
        ApplicationAck applicationAck,
        OnNoRoute onNoRoute,
        BatchConfig batches,
        Optional<String> applicationAckTo,
        Optional<ReceivedSequenceConfig> sequence,
        Optional<ContinuationConfig> continuation,
        boolean utf16) {}
