package org.khokahano.store.archive;

import java.util.List;

/**
 * A page of search results.
 *
 * @param messages newest first; fewer than the limit where the search ended or its time was up
 * @param nextBeforeId where the next page begins; 0 where there is nothing older
 * @param scannedToMillis wall time of the oldest message that the search has passed, where its time
 *     was up before the page was full; 0 otherwise
 */
public record MessagePage(List<MessageSummary> messages, long nextBeforeId, long scannedToMillis) {

    public MessagePage {
        messages = List.copyOf(messages);
    }

    /** Whether there may be more. */
    public boolean hasNext() {
        return nextBeforeId != 0;
    }
}
