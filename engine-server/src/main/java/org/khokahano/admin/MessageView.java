package org.khokahano.admin;

import java.time.Instant;
import java.util.List;
import org.khokahano.store.archive.MessagePage;
import org.khokahano.store.archive.MessageSummary;
import org.khokahano.store.archive.StoredMessage;

/**
 * A message as the API shows it: its keys and where it went, never its bytes.
 *
 * @param storedAt when it was received, or sent again; ISO 8601
 * @param type MSH-9 as code^event
 * @param controlId MSH-10
 * @param sender MSH-3 and MSH-4
 * @param patientId PID-3.1
 * @param originId the message that this one repeats for an operator; 0 for a received one
 * @param revision number of the configuration that it was planned by; 0 where none is kept
 * @param batch id of the batch that it came in; empty where it came by itself
 */
record MessageView(
        long id,
        String storedAt,
        String listener,
        String facility,
        String remote,
        String type,
        String controlId,
        String sender,
        String patientId,
        int size,
        long originId,
        int revision,
        String batch,
        List<DeliveryView> deliveries) {

    /** Where one of its deliveries stands. */
    record DeliveryView(long id, String destination, String state) {}

    /**
     * A page of them, newest first.
     *
     * @param next the 'before' of the next page; 0 where there is nothing older
     * @param scannedTo how far the search came in its time, ISO 8601; empty where it was not cut short
     */
    record Page(List<MessageView> messages, long next, String scannedTo) {
        static Page of(MessagePage page) {
            return new Page(
                    page.messages().stream().map(MessageView::of).toList(),
                    page.nextBeforeId(),
                    isoOrEmpty(page.scannedToMillis()));
        }
    }

    /**
     * A message with the history of its deliveries.
     *
     * @param bodyKept false where retention has removed the bytes
     */
    record Detail(MessageView message, boolean bodyKept, List<DeliveryDetail> deliveries) {
        static Detail of(StoredMessage stored) {
            return new Detail(
                    MessageView.of(stored.summary()),
                    stored.bytes() != null,
                    stored.deliveries().stream().map(DeliveryDetail::of).toList());
        }
    }

    /**
     * A delivery.
     *
     * @param changed whether the partner gets something else than what was received
     */
    record DeliveryDetail(long id, String destination, String state, boolean changed, List<Attempt> history) {
        static DeliveryDetail of(StoredMessage.StoredDelivery delivery) {
            return new DeliveryDetail(
                    delivery.id(),
                    delivery.destination(),
                    delivery.state().name(),
                    delivery.payload() != null,
                    delivery.history().stream().map(Attempt::of).toList());
        }
    }

    /**
     * An attempt, or a decision where its number is 0.
     *
     * @param answerBytes how long the partner's answer is; 0 where none came
     */
    record Attempt(
            int attempt,
            String at,
            long tookMillis,
            String state,
            String outcome,
            String detail,
            boolean possibleDuplicate,
            boolean outcomeUnknown,
            int answerBytes) {
        static Attempt of(StoredMessage.HistoryEntry entry) {
            byte[] answer = entry.answer();
            return new Attempt(
                    entry.attempt(),
                    isoOrEmpty(entry.atMillis()),
                    entry.tookMillis(),
                    entry.state().name(),
                    entry.outcome(),
                    entry.detail(),
                    entry.possibleDuplicate(),
                    entry.outcomeUnknown(),
                    answer == null ? 0 : answer.length);
        }
    }

    static MessageView of(MessageSummary summary) {
        return new MessageView(
                summary.id(),
                isoOrEmpty(summary.storedMillis()),
                summary.listener(),
                summary.facility(),
                summary.remote(),
                summary.keys().type(),
                summary.keys().controlId(),
                summary.keys().sender(),
                summary.keys().patientId(),
                summary.size(),
                summary.originId(),
                summary.revision(),
                summary.batch(),
                summary.deliveries().stream()
                        .map(d -> new DeliveryView(
                                d.id(), d.destination(), d.state().name()))
                        .toList());
    }

    static String isoOrEmpty(long millis) {
        return millis == 0 ? "" : Instant.ofEpochMilli(millis).toString();
    }
}
