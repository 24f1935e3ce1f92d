package org.khokahano.engine;

import java.util.List;

/** A configuration that the running engine cannot change to; nothing was changed. */
public final class RevisionRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> reasons;

    public RevisionRefused(List<String> reasons) {
        super(String.join("; ", reasons));
        this.reasons = List.copyOf(reasons);
    }

    /** Each reason in one sentence, with what to do. */
    public List<String> reasons() {
        return reasons;
    }
}
