package org.khokahano.store;

/**
 * How the store does, as operators and load balancers ask.
 *
 * @param refusal why nothing is accepted now; empty where messages are accepted
 * @param failed whether the refusal lasts until the engine has been restarted (P5)
 * @param waitingBytes bytes of what waits to be committed
 * @param freeBytes what the disk has left for the data directory; -1 where that cannot be read
 */
public record StoreHealth(String refusal, boolean failed, long waitingBytes, long freeBytes) {}
