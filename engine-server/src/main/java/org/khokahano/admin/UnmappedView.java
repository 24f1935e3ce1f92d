package org.khokahano.admin;

import java.util.List;
import org.khokahano.store.archive.UnmappedPage;

/**
 * A code that held deliveries of one sender wait for.
 *
 * @param sender MSH-3 and MSH-4
 * @param system the coding system; empty where the messages name none
 * @param deliveries how many deliveries wait for it
 * @param rows how many rows of the table in force fit: none, or several of which none is chosen
 * @param firstAt when the first of their messages was stored, ISO 8601
 * @param lastAt when the latest was
 * @param examples some of the messages, the latest first
 */
record UnmappedView(
        String listener,
        String facility,
        String sender,
        String table,
        String code,
        String system,
        String rows,
        long deliveries,
        String firstAt,
        String lastAt,
        List<Example> examples) {

    /** A message with the place where the code stands in it. */
    record Example(long messageId, long deliveryId, String place) {}

    /**
     * What most wait for comes first.
     *
     * @param complete false where there are more, or so many that only the newest were counted
     * @param release how far releasing by new rows has come
     */
    record Codes(List<UnmappedView> codes, boolean complete, HeldDesk.Progress release) {
        static Codes of(UnmappedPage page, HeldDesk desk) {
            List<UnmappedView> codes = page.entries().stream()
                    .map(entry -> UnmappedView.of(entry, desk))
                    .toList();
            return new Codes(codes, page.complete(), desk.progress());
        }
    }

    private static UnmappedView of(UnmappedPage.Entry entry, HeldDesk desk) {
        return new UnmappedView(
                entry.listener(),
                entry.facility(),
                entry.sender(),
                entry.table(),
                entry.code(),
                entry.system(),
                desk.severalFit(entry.table(), entry.code(), entry.system()) ? "several" : "none",
                entry.deliveries(),
                MessageView.isoOrEmpty(entry.firstMillis()),
                MessageView.isoOrEmpty(entry.lastMillis()),
                entry.examples().stream()
                        .map(each -> new Example(each.messageId(), each.deliveryId(), each.place()))
                        .toList());
    }
}
