package org.khokahano.validation.tally;

import java.util.concurrent.TimeUnit;
import org.khokahano.event.EngineEvents;
import org.khokahano.store.ConformanceCounts;
import org.khokahano.store.ConformanceCounts.Source;
import org.khokahano.validation.JudgedMessage;
import org.khokahano.validation.Judgement;

/**
 * Counts what validation says of senders. Threads that receive add to the period that runs; whoever
 * collects takes the period before it, to which nobody adds any more.
 */
public final class ConformanceTally implements EngineEvents {

    /** What senders call themselves is cut off here. */
    private static final int LONGEST_NAME = 80;

    private volatile Period running = new Period();

    /** Of the one that collects only. */
    private Period ended = new Period();

    @Override
    public void judged(String listener, JudgedMessage message) {
        Period period = running;
        for (Judgement judgement : message.judgements()) {
            Source source = new Source(
                    bounded(message.facility()),
                    bounded(message.application()),
                    judgement.stage().word(),
                    judgement.name());
            period.source(source).add(judgement, message);
        }
    }

    /** Names are printed into tables and letters, so that nothing in them may steer a terminal. */
    private static String bounded(String name) {
        int length = Math.min(name.length(), LONGEST_NAME);
        for (int i = 0; i < length; i++) {
            if (Character.isISOControl(name.charAt(i))) {
                return name.substring(0, length).replaceAll("\\p{Cntrl}", " ");
            }
        }
        return length == name.length() ? name : name.substring(0, length);
    }

    /**
     * Takes what was counted in the period before the one that ends now. To be called by one thread, at
     * intervals that are longer than any receiving thread takes to count one message; twice to take all.
     *
     * @param nowMillis wall time, which says to which day it is added
     */
    public ConformanceCounts collect(long nowMillis) {
        Period taken = ended;
        ended = running;
        running = new Period();
        return taken.counts(Math.floorDiv(nowMillis, TimeUnit.DAYS.toMillis(1)));
    }

    /** Takes counts back that could not be kept; they are collected again. */
    public void putBack(ConformanceCounts counts) {
        Period period = running;
        counts.checked().forEach(each -> period.source(each.source()).add(each));
        counts.found().forEach(each -> period.source(each.source()).add(each));
    }
}
