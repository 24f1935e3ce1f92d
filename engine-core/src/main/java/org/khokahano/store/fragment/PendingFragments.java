package org.khokahano.store.fragment;

/**
 * A message of which fragments are kept.
 *
 * @param chain its number
 * @param listener where it came
 * @param fragments how many of its fragments there are
 * @param controlId MSH-10 of its first fragment, its bytes read as ISO 8859-1
 * @param sinceMillis wall time at which the first came
 * @param complete whether all are there, so that it only has to be put together
 */
public record PendingFragments(
        long chain, String listener, int fragments, String controlId, long sinceMillis, boolean complete) {}
