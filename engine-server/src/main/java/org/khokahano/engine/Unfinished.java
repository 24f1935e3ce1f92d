package org.khokahano.engine;

import java.util.Set;
import org.khokahano.config.ListenerConfig;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.mllp.EventLoops;
import org.khokahano.store.StoreException;
import org.khokahano.store.fragment.FragmentStore;
import org.khokahano.store.fragment.PendingFragments;
import org.khokahano.store.sqlite.SqliteMessageStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages of which an earlier life of the engine has kept fragments. */
final class Unfinished {

    private static final Logger LOG = LoggerFactory.getLogger(Unfinished.class);

    private Unfinished() {}

    /**
     * Has listeners go on with theirs; what belongs to none that takes fragments goes to quarantine. Throws
     * StoreException where they cannot be read.
     */
    static void takeUp(EngineRevision revision, SqliteMessageStore store, EventLoops loops) {
        revision.listeners().forEach((name, listener) -> listener.intake().takeUp(loops.nextExecutor()));
        giveUpStrays(revision, store.fragments(), loops);
    }

    /** What came to listeners that take no fragments any more goes to quarantine. */
    private static void giveUpStrays(EngineRevision revision, FragmentStore fragments, EventLoops loops) {
        SerialExecutor executor = loops.nextExecutor();
        for (PendingFragments pending : fragments.pendingFragments()) {
            if (!takesFragments(revision, pending.listener())) {
                LOG.warn(
                        "listener {} takes no fragments any more; the {} of an unfinished message go to quarantine",
                        pending.listener(),
                        pending.fragments());
                fragments.expireFragments(
                        pending.chain(),
                        pending.fragments(),
                        "unfinished",
                        "its listener takes no fragments any more",
                        System.currentTimeMillis(),
                        executor,
                        lengths -> {});
            }
        }
    }

    private static boolean takesFragments(EngineRevision revision, String name) {
        ListenerConfig listener = revision.config().listeners().get(name);
        return listener != null && listener.accept().continuation().isPresent();
    }

    /**
     * Has new intakes go on with what those before them have kept; what belongs to none that takes fragments
     * goes to quarantine. A store that cannot be read is told of alone.
     */
    static void takeOver(EngineRevision revision, Set<String> listeners, FragmentStore fragments, EventLoops loops) {
        try {
            for (String name : listeners) {
                OpenListener open = revision.listeners().get(name);
                if (open != null && takesFragments(revision, name)) {
                    open.intake().takeUp(loops.nextExecutor());
                }
            }
            giveUpStrays(revision, fragments, loops);
        } catch (StoreException e) {
            LOG.error("unfinished messages wait for a restart of the engine", e);
        }
    }
}
