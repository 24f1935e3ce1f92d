package org.khokahano.store.archive;

import org.jspecify.annotations.Nullable;
import org.khokahano.store.DeliveryState;

/**
 * What to search for. All criteria that are given must hold; text is compared exactly. A destination
 * and a state together mean one delivery for which both hold.
 *
 * @param controlId MSH-10
 * @param patientId PID-3.1
 * @param type MSH-9 as code^event, or a code alone for all its events
 * @param facility the facility's name
 * @param listener the listener's name
 * @param destination a destination that the message has a delivery to
 * @param state a state that one of its deliveries has
 * @param fromMillis stored at this wall time or later
 * @param untilMillis stored before this wall time
 * @param beforeId only messages with a lower id: the page's {@code nextBeforeId}, or {@link
 *     Long#MAX_VALUE} for the first page
 * @param limit at most so many messages, up to {@link MessageArchive#MAX_PAGE}
 */
public record MessageQuery(
        @Nullable String controlId,
        @Nullable String patientId,
        @Nullable String type,
        @Nullable String facility,
        @Nullable String listener,
        @Nullable String destination,
        @Nullable DeliveryState state,
        long fromMillis,
        long untilMillis,
        long beforeId,
        int limit) {

    public MessageQuery {
        if (limit < 1 || limit > MessageArchive.MAX_PAGE) {
            throw new IllegalArgumentException("a page holds 1 to " + MessageArchive.MAX_PAGE + " messages");
        }
    }

    /** Every message, newest first, in pages of so many. */
    public static MessageQuery all(int limit) {
        return new MessageQuery(null, null, null, null, null, null, null, 0, Long.MAX_VALUE, Long.MAX_VALUE, limit);
    }

    public MessageQuery withControlId(@Nullable String value) {
        return new MessageQuery(
                value,
                patientId,
                type,
                facility,
                listener,
                destination,
                state,
                fromMillis,
                untilMillis,
                beforeId,
                limit);
    }

    public MessageQuery withPatientId(@Nullable String value) {
        return new MessageQuery(
                controlId,
                value,
                type,
                facility,
                listener,
                destination,
                state,
                fromMillis,
                untilMillis,
                beforeId,
                limit);
    }

    public MessageQuery withType(@Nullable String value) {
        return new MessageQuery(
                controlId,
                patientId,
                value,
                facility,
                listener,
                destination,
                state,
                fromMillis,
                untilMillis,
                beforeId,
                limit);
    }

    public MessageQuery withFacility(@Nullable String value) {
        return new MessageQuery(
                controlId,
                patientId,
                type,
                value,
                listener,
                destination,
                state,
                fromMillis,
                untilMillis,
                beforeId,
                limit);
    }

    public MessageQuery withListener(@Nullable String value) {
        return new MessageQuery(
                controlId,
                patientId,
                type,
                facility,
                value,
                destination,
                state,
                fromMillis,
                untilMillis,
                beforeId,
                limit);
    }

    public MessageQuery withDelivery(@Nullable String toDestination, @Nullable DeliveryState inState) {
        return new MessageQuery(
                controlId,
                patientId,
                type,
                facility,
                listener,
                toDestination,
                inState,
                fromMillis,
                untilMillis,
                beforeId,
                limit);
    }

    /** Stored from one wall time on and before the other. */
    public MessageQuery between(long from, long until) {
        return new MessageQuery(
                controlId, patientId, type, facility, listener, destination, state, from, until, beforeId, limit);
    }

    /** The page that follows the one that named this id. */
    public MessageQuery before(long id) {
        return new MessageQuery(
                controlId, patientId, type, facility, listener, destination, state, fromMillis, untilMillis, id, limit);
    }

    @Override
    public String toString() {
        return "query for messages before " + id();
    }

    private String id() {
        return beforeId == Long.MAX_VALUE ? "now" : Long.toString(beforeId);
    }
}
