package org.khokahano.config;

import java.util.Optional;

/**
 * Something that messages come in by.
 *
 * @param facility the hospital or service that sends here
 * @param maxInFlight how many messages of one connection may wait for their acknowledgement
 * @param format what comes in, by the name of a format; HL7 where it is empty
 * @param validate by what messages are validated; empty if they are not
 * @param reply where queries are answered; empty for messages, which are stored and forwarded
 */
public record ListenerConfig(
        ListenerTransport transport,
        Optional<String> facility,
        AcceptConfig accept,
        int maxInFlight,
        Optional<String> format,
        Optional<ValidateConfig> validate,
        Optional<ReplyConfig> reply) {}
