package org.khokahano.store.fragment;

import java.time.Duration;

/**
 * How much of unfinished messages is kept for a listener.
 *
 * @param maxBytes the longest message, all its fragments together
 * @param maxPending how many messages may be unfinished at a time
 * @param repeated how long a fragment is known again after its message was stored (R57)
 */
public record FragmentLimits(long maxBytes, int maxPending, Duration repeated) {}
