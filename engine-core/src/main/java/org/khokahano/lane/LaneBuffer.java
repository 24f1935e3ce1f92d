package org.khokahano.lane;

import java.util.ArrayDeque;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.khokahano.store.LanePage;
import org.khokahano.store.LanePageRequest;
import org.khokahano.store.QueuedDelivery;

/**
 * The head of a lane's queue, in memory and bounded. What does not fit stays in the store, where it
 * already is; the buffer remembers how far it has loaded and asks for the next page in time.
 *
 * <p>Two sources feed it, commits and pages, and both carry rising ids. A delivery enters once: what
 * a page brought early is ignored when its commit is reported, and while there is something in the
 * store that was not loaded, commits only move the mark up to which pages must be read.
 *
 * <p>A page shows what was committed when it was read, which may be long before it arrives here. So
 * an empty page says nothing about commits that were reported after it was asked for.
 */
final class LaneBuffer {

    private final LaneLimits limits;
    private final ArrayDeque<QueuedDelivery> loaded = new ArrayDeque<>();
    private final NavigableSet<Long> withdrawn = new TreeSet<>();
    private long loadedBytes;

    /** Nothing up to this id has still to be loaded. */
    private long settledId;

    /** The highest id that the store gave up; ids rise, and each counts once. */
    private long lastGivenUpId;

    private long lastCommittedId;
    private long committedBeforePage;
    private long endId = Long.MAX_VALUE;
    private boolean historyUnread;
    private boolean loading;

    LaneBuffer(LaneLimits limits) {
        this.limits = limits;
    }

    /** There is a queue in the store from an earlier life; only an empty page tells its end. */
    void startBehind() {
        historyUnread = true;
    }

    /** What has a higher id belongs to whoever takes the queue over, and is not loaded. */
    void endAt(long lastId) {
        endId = lastId;
    }

    /** Whether nothing is loaded and nothing is left to load. */
    boolean isExhausted() {
        return loaded.isEmpty() && !isBehind() && !loading;
    }

    /** Takes what was just committed, or notes that a page will have to bring it. */
    void committed(QueuedDelivery delivery) {
        if (delivery.id() <= settledId) {
            return;
        }
        if (isBehind() || isFull()) {
            lastCommittedId = Math.max(lastCommittedId, delivery.id());
        } else {
            add(delivery);
        }
    }

    private boolean isBehind() {
        return historyUnread || lastCommittedId > settledId;
    }

    /** The next page to read, or null where none is needed now. The caller must read it. */
    @Nullable
    LanePageRequest nextPage(LaneSettings lane) {
        if (!isBehind() || loading || loaded.size() > limits.deliveries() / 2 || isFull()) {
            return null;
        }
        loading = true;
        committedBeforePage = lastCommittedId;
        return new LanePageRequest(
                lane.destination(),
                lane.lanes(),
                lane.number(),
                settledId,
                limits.deliveries() - loaded.size(),
                limits.bytes() - loadedBytes);
    }

    /**
     * Takes a page that could be read.
     *
     * @param flagged how many deliveries from its front an earlier life may have sent already
     */
    void pageRead(LanePage page, long flagged) {
        loading = false;
        long left = flagged;
        boolean ended = page.deliveries().isEmpty();
        for (QueuedDelivery delivery : page.deliveries()) {
            if (delivery.id() > endId) {
                // Whoever shows this has shown all that comes before it.
                settle(Math.max(settledId, lastCommittedId));
                ended = true;
                break;
            }
            if (delivery.id() > settledId) {
                add(left > 0 ? delivery.asPossibleDuplicate() : delivery);
            }
            left--;
        }
        settle(Math.max(settledId, lastGivenUpId));
        if (ended) {
            historyUnread = false;
            settle(Math.max(settledId, committedBeforePage));
        }
    }

    /**
     * Counts what the store gave up in a page, whose deliveries are to be taken after that.
     *
     * @return how many deliveries leave the queue so
     */
    int countGivenUp(LanePage page) {
        int count = 0;
        for (long id : page.givenUp()) {
            // Until its mark is written a page may bring it again; and who withdrew it has counted it.
            if (id > settledId && id > lastGivenUpId && !withdrawn.remove(id)) {
                count++;
            }
            lastGivenUpId = Math.max(lastGivenUpId, id);
        }
        return count;
    }

    /** The page could not be read, and the wait after that is over. */
    void pageMayBeReadAgain() {
        loading = false;
    }

    private void add(QueuedDelivery delivery) {
        boolean isWithdrawn = withdrawn.contains(delivery.id());
        settle(delivery.id());
        if (!isWithdrawn) {
            loaded.add(delivery);
            loadedBytes += delivery.payload().length;
        }
    }

    private void settle(long id) {
        settledId = id;
        if (!withdrawn.isEmpty()) {
            withdrawn.headSet(id, true).clear();
        }
    }

    @Nullable
    QueuedDelivery peek() {
        return loaded.peek();
    }

    @Nullable
    QueuedDelivery poll() {
        QueuedDelivery next = loaded.poll();
        if (next != null) {
            loadedBytes -= next.payload().length;
        }
        return next;
    }

    /**
     * Takes a delivery out of the queue, in memory or before a page brings it.
     *
     * @return false where it is not in the queue any more
     */
    boolean withdraw(long deliveryId) {
        for (QueuedDelivery delivery : loaded) {
            if (delivery.id() == deliveryId) {
                loaded.remove(delivery);
                loadedBytes -= delivery.payload().length;
                return true;
            }
        }
        return deliveryId > settledId && withdrawn.add(deliveryId);
    }

    private boolean isFull() {
        return loaded.size() >= limits.deliveries() || loadedBytes >= limits.bytes();
    }
}
