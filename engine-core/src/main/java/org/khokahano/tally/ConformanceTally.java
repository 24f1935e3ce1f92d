package org.khokahano.tally;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.khokahano.event.EngineEvents;
import org.khokahano.store.ConformanceCounts;
import org.khokahano.store.ConformanceCounts.Source;
import org.khokahano.validation.JudgedMessage;
import org.khokahano.validation.Judgement;

/**
 * Counts what validation says of senders. Threads that receive add to the period that runs; whoever
 * collects begins another, and takes what was counted once nobody is adding to it any more.
 */
public final class ConformanceTally implements EngineEvents {

    /** What senders call themselves is cut off here. */
    private static final int LONGEST_NAME = 80;

    private volatile Period running = new Period();

    /** What is still to be taken; of the one that collects only. */
    private @Nullable Period ended;

    @Override
    public void judged(String listener, JudgedMessage message) {
        Period period = enter();
        try {
            for (Judgement judgement : message.judgements()) {
                Source source = new Source(
                        bounded(message.facility()),
                        bounded(message.application()),
                        judgement.stage().word(),
                        judgement.name());
                period.source(source).add(judgement, message);
            }
        } finally {
            period.leave();
        }
    }

    /** The period that runs; it is not taken before it is left. */
    private Period enter() {
        Period period = running;
        period.enter();
        while (period != running) {
            period.leave();
            period = running;
            period.enter();
        }
        return period;
    }

    /** Names are printed into tables and letters, so that nothing in them may steer a terminal. */
    private static String bounded(String name) {
        int length = Math.min(name.length(), LONGEST_NAME);
        for (int i = 0; i < length; i++) {
            if (Character.isISOControl(name.charAt(i))) {
                return name.substring(0, length).replaceAll("\\p{Cc}", " ");
            }
        }
        return length == name.length() ? name : name.substring(0, length);
    }

    /**
     * Takes what was counted since the last time. To be called by one thread; what is being counted just then
     * is taken the next time.
     *
     * @param nowMillis wall time, which says to which day it is added
     */
    public ConformanceCounts collect(long nowMillis) {
        long day = Math.floorDiv(nowMillis, TimeUnit.DAYS.toMillis(1));
        Period taken = ended;
        if (taken == null) {
            taken = running;
            running = new Period();
        }
        ended = taken.isBusy() ? taken : null;
        return ended == null ? taken.counts(day) : new ConformanceCounts(day, List.of(), List.of());
    }

    /** Takes counts back that could not be kept; they are collected again. */
    public void putBack(ConformanceCounts counts) {
        Period period = enter();
        try {
            counts.checked().forEach(each -> period.source(each.source()).add(each));
            counts.found().forEach(each -> period.source(each.source()).add(each));
        } finally {
            period.leave();
        }
    }
}
