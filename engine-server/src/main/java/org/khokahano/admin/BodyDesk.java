package org.khokahano.admin;

import org.jspecify.annotations.Nullable;
import org.khokahano.store.archive.MessageArchive;
import org.khokahano.store.archive.QuarantinedInput;
import org.khokahano.store.archive.StoredMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out message bytes and traces with values of them, the only place of the API that does. Each view is logged with who, what and
 * why, and without content (HIPAA 45 CFR 164.312(b)).
 */
final class BodyDesk {

    private static final Logger LOG = LoggerFactory.getLogger(BodyDesk.class);

    private final MessageArchive archive;

    BodyDesk(MessageArchive archive) {
        this.archive = archive;
    }

    StoredMessage message(long id) {
        return archive.message(id).orElseThrow(() -> ApiException.notFound("there is no message " + id));
    }

    StoredMessage messageOfDelivery(long id) {
        return archive.messageOfDelivery(id)
                .flatMap(summary -> archive.message(summary.id()))
                .orElseThrow(() -> ApiException.notFound("there is no delivery " + id));
    }

    QuarantinedInput quarantined(long id) {
        return archive.quarantined(id).orElseThrow(() -> ApiException.notFound("there is no quarantined input " + id));
    }

    byte[] view(ApiRequest request, String by) {
        long id = request.id("id");
        String reason = request.reason();
        long delivery = request.number("delivery", 0);
        long attempt = request.number("attempt", 0);
        StoredMessage message = message(id);
        byte[] bytes = bytes(message, delivery, attempt);
        LOG.warn("body of message {} (delivery {}, attempt {}) viewed by {}: {}", id, delivery, attempt, by, reason);
        return bytes;
    }

    /** The trace of a message, which shows values of it. */
    TraceDesk.Trace explain(ApiRequest request, String by, @Nullable TraceDesk traces) {
        long id = request.id("id");
        String reason = request.reason();
        if (traces == null) {
            throw ApiException.conflict("this engine explains no stored messages");
        }
        StoredMessage message = message(id);
        if (message.bytes() == null) {
            throw removed();
        }
        TraceDesk.Answer<TraceDesk.Trace> answer = traces.trace(message);
        if (answer.made().isEmpty()) {
            throw answer.busy() ? ApiException.unavailable(answer.problem()) : ApiException.conflict(answer.problem());
        }
        LOG.warn("message {} explained for {}: {}", id, by, reason);
        return answer.made().get();
    }

    MessageFindings findings(ApiRequest request, @Nullable TraceDesk traces) {
        StoredMessage message = message(request.id("id"));
        int revision = message.summary().revision();
        if (traces == null) {
            return MessageFindings.none(revision, "this engine validates no stored messages");
        }
        TraceDesk.Answer<MessageFindings> answer = traces.findings(message);
        if (answer.busy()) {
            throw ApiException.unavailable(answer.problem());
        }
        return answer.made().orElseGet(() -> MessageFindings.none(revision, answer.problem()));
    }

    byte[] viewQuarantined(ApiRequest request, String by) {
        long id = request.id("id");
        String reason = request.reason();
        byte[] bytes = quarantined(id).bytes();
        if (bytes == null) {
            throw removed();
        }
        LOG.warn("quarantined input {} viewed by {}: {}", id, by, reason);
        return bytes;
    }

    private static byte[] bytes(StoredMessage message, long deliveryId, long attempt) {
        byte[] received = message.bytes();
        if (received == null) {
            throw removed();
        }
        if (deliveryId == 0) {
            return received;
        }
        StoredMessage.StoredDelivery delivery = message.deliveries().stream()
                .filter(candidate -> candidate.id() == deliveryId)
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("the message has no delivery " + deliveryId));
        if (attempt == 0) {
            byte[] payload = delivery.payload();
            return payload == null ? received : payload;
        }
        return delivery.history().stream()
                .filter(entry -> entry.attempt() == attempt)
                .map(StoredMessage.HistoryEntry::answer)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("no answer is kept for attempt " + attempt));
    }

    private static ApiException removed() {
        return ApiException.notFound("retention has removed the bytes");
    }
}
