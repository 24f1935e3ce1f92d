package org.khokahano.lane;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
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
 */
final class LaneBuffer {

    private final LaneLimits limits;
    private final ArrayDeque<QueuedDelivery> loaded = new ArrayDeque<>();
    private final Set<Long> withdrawn = new HashSet<>();
    private long loadedBytes;
    private long lastLoadedId;
    private long lastCommittedId;
    private boolean behind;
    private boolean loading;

    LaneBuffer(LaneLimits limits) {
        this.limits = limits;
    }

    /** There is a queue in the store from an earlier life. */
    void startBehind() {
        behind = true;
        lastCommittedId = Long.MAX_VALUE;
    }

    /** Takes what was just committed, or notes that a page will have to bring it. */
    void committed(QueuedDelivery delivery) {
        if (delivery.id() <= lastLoadedId) {
            return;
        }
        if (behind || isFull()) {
            behind = true;
            lastCommittedId = Math.max(lastCommittedId, delivery.id());
        } else {
            add(delivery);
        }
    }

    /** The next page to read, or null where none is needed now. The caller must read it. */
    @Nullable
    LanePageRequest nextPage(LaneSettings lane) {
        if (!behind || loading || loaded.size() > limits.deliveries() / 2 || isFull()) {
            return null;
        }
        loading = true;
        return new LanePageRequest(
                lane.destination(), lane.lanes(), lane.number(), lastLoadedId, limits.deliveries(), limits.bytes());
    }

    /** Takes a page. An empty one means that nothing older than the latest commits is left. */
    void pageRead(LanePage page, boolean possibleDuplicates) {
        loading = false;
        if (page.failed()) {
            return;
        }
        for (QueuedDelivery delivery : page.deliveries()) {
            if (delivery.id() > lastLoadedId) {
                add(possibleDuplicates ? delivery.asPossibleDuplicate() : delivery);
            }
        }
        if (page.deliveries().isEmpty() || lastLoadedId >= lastCommittedId) {
            behind = false;
        }
    }

    private void add(QueuedDelivery delivery) {
        lastLoadedId = delivery.id();
        if (!withdrawn.isEmpty() && withdrawn.remove(delivery.id())) {
            return;
        }
        loaded.add(delivery);
        loadedBytes += delivery.payload().length;
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
        return deliveryId > lastLoadedId && withdrawn.add(deliveryId);
    }

    private boolean isFull() {
        return loaded.size() >= limits.deliveries() || loadedBytes >= limits.bytes();
    }
}
