package org.khokahano.store.contract;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.khokahano.store.AppendResult;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.NewMessage;

/** What a store of one destination should answer, in memory and without any cleverness. */
final class StoreModel {

    private final Map<String, Long> messagesByIdAndText = new HashMap<>();
    private final Map<String, Long> lastById = new HashMap<>();
    private final SortedMap<Long, Integer> attemptsOfQueued = new TreeMap<>();
    private long lastMessage;
    private long lastDelivery;

    AppendResult append(String id, String text, NewMessage message) {
        Long original = messagesByIdAndText.get(id + '\n' + text);
        if (original != null) {
            return AppendResult.duplicate(original, Letters.NOON, 0);
        }
        long number = ++lastMessage;
        boolean known = lastById.put(id, number) != null;
        messagesByIdAndText.put(id + '\n' + text, number);
        for (NewDelivery delivery : message.deliveries()) {
            attemptsOfQueued.put(++lastDelivery, 0);
            if (delivery.payload() != null) {
                throw new IllegalArgumentException("the model knows no payloads");
            }
        }
        return AppendResult.stored(number, Letters.NOON, known);
    }

    void delivered(long id) {
        attemptsOfQueued.remove(id);
    }

    int tried(long id) {
        return attemptsOfQueued.merge(id, 1, Integer::sum);
    }

    SortedMap<Long, Integer> attemptsOfQueued() {
        return attemptsOfQueued;
    }
}
