package org.khokahano.accept;

/**
 * That a listener takes messages by their sequence numbers (2.10.1).
 *
 * @param bySender whether each sending application and facility (MSH-3, MSH-4) numbers its own messages;
 *     otherwise all that send to the listener share one stream
 * @param required whether a message without a number is turned away
 */
public record SequencePolicy(boolean bySender, boolean required) {}
