package org.khokahano.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A configuration that the running engine cannot change to; nothing was changed. */
public final class RevisionRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> reasons;

    /** The listener that each reason is about; empty where they are about no listeners. */
    private final transient List<String> listeners;

    public RevisionRefused(List<String> reasons) {
        super(String.join("; ", reasons));
        this.reasons = List.copyOf(reasons);
        this.listeners = List.of();
    }

    /** @param reasons by the names of the listeners that they are about */
    RevisionRefused(Map<String, String> reasons) {
        super(String.join("; ", reasons.values()));
        this.reasons = List.copyOf(reasons.values());
        this.listeners = List.copyOf(reasons.keySet());
    }

    /** Each reason in one sentence, with what to do. */
    public List<String> reasons() {
        return reasons;
    }

    /**
     * Each reason, those of listeners with the place where the listener is written.
     *
     * @param placeOf where a listener of that name is written, as compilers write it
     */
    List<String> reasons(Function<String, String> placeOf) {
        List<String> placed = new ArrayList<>();
        for (int number = 0; number < reasons.size(); number++) {
            String place = number < listeners.size() ? placeOf.apply(listeners.get(number)) + ": error: " : "";
            placed.add(place + reasons.get(number));
        }
        return placed;
    }
}
