package org.khokahano.store.fragment;

/**
 * A message of which fragments are kept.
 *
 * @param chain its number
 * @param listener where it came
 * @param fragments how many of its fragments there are
 * @param complete whether all are there, so that it only has to be put together
 */
public record PendingFragments(long chain, String listener, int fragments, boolean complete) {}
