package org.khokahano.metrics;

import java.util.List;

/**
 * Every metric of the engine. docs/metrics.md says the same; a test compares this list with the page
 * and with what a busy engine exports.
 */
public enum Metric {
    MESSAGES_RECEIVED(
            "khoka_messages_received_total",
            List.of("listener"),
            "Frames and request bodies received. Each ends as accepted, duplicate or rejected, starts a link, or is an"
                    + " acknowledgement that is taken."),
    MESSAGES_ACCEPTED(
            "khoka_messages_accepted_total", List.of("listener"), "Messages stored and positively acknowledged."),
    MESSAGES_DUPLICATE(
            "khoka_messages_duplicate_total",
            List.of("listener"),
            "Messages seen before inside the duplicate window; acknowledged and not delivered again."),
    MESSAGES_REJECTED(
            "khoka_messages_rejected_total", List.of("listener", "reason"), "Messages answered negatively, by reason."),
    MESSAGES_QUARANTINED(
            "khoka_messages_quarantined_total",
            List.of("listener", "reason"),
            "Inputs that are no message, kept as raw bytes, by reason."),
    MESSAGES_UNROUTED("khoka_messages_unrouted_total", List.of("listener"), "Messages accepted that no route took."),
    MESSAGES_FILTERED(
            "khoka_messages_filtered_total",
            List.of("route", "filter"),
            "Messages that a filter kept off a route that would have taken them."),
    MESSAGES_DROPPED(
            "khoka_messages_dropped_total",
            List.of("mapping"),
            "Messages that a mapping dropped, as its steps say; of those that a split made each counts."),
    WARNINGS(
            "khoka_warnings_total",
            List.of("listener", "warning"),
            "Oddities that were tolerated, by code; `brokenBatch`: BTS-1 or FTS-1 of a batch is not what is in it."),
    FRAGMENTS(
            "khoka_fragments_total",
            List.of("listener", "what"),
            "Fragments of messages: `kept`, `repeated` or `expired` with no rest in time; and `joined` messages."),
    FINDINGS(
            "khoka_findings_total",
            List.of("listener", "severity"),
            "What validation found in messages, by how grave it is."),
    CONFORMANCE_MESSAGES(
            "khoka_conformance_messages_total",
            List.of("facility", "stage"),
            "Messages validated, by sending facility (MSH-4) and by whether a listener or a route did; only the"
                    + " first 100 facilities have one of their own."),
    CONFORMANCE_WITH_FINDINGS(
            "khoka_conformance_messages_with_findings_total",
            List.of("facility", "stage"),
            "Messages in which validation found something, likewise."),
    RECEIVED_BYTES("khoka_received_bytes_total", List.of("listener"), "Bytes of the messages received."),
    SKIPPED_BYTES("khoka_skipped_bytes_total", List.of("listener"), "Bytes outside of any frame, skipped."),
    CONNECTIONS_OPENED("khoka_connections_opened_total", List.of("listener"), "Connections taken by a listener."),
    CONNECTIONS_SILENT(
            "khoka_connections_silent_total", List.of("listener"), "Connections that ended without a byte received."),
    CONNECTIONS_REFUSED(
            "khoka_connections_refused_total",
            List.of("listener", "reason"),
            "Connections turned away before anything was read, by reason."),
    REQUESTS_REFUSED(
            "khoka_requests_refused_total",
            List.of("listener", "reason"),
            "HTTP requests turned away before they were taken as a message, by reason."),
    CONNECTIONS_OPEN("khoka_connections_open", List.of("listener"), "Connections that are open now."),
    LISTENER_BOUND(
            "khoka_listener_bound",
            List.of("listener"),
            "1 while the listener's port is bound, or its directory is read, else 0."),
    ACK_LATENCY(
            "khoka_ack_latency_seconds",
            List.of("listener"),
            "From the last byte of a message to its acknowledgement, commit included."),
    ACKNOWLEDGEMENTS_TAKEN(
            "khoka_acknowledgements_taken_total",
            List.of("listener"),
            "Application acknowledgements that came to a listener and that a delivery waited for."),
    APPLICATION_ACKS(
            "khoka_application_acks_total",
            List.of("destination", "outcome"),
            "Ends of the wait for application acknowledgements; timeout where none came in time."),
    ACKS_PENDING(
            "khoka_application_acks_pending",
            List.of("destination"),
            "Deliveries that wait for their application acknowledgement."),
    ACKS_OLDEST_AGE(
            "khoka_application_acks_oldest_age_seconds",
            List.of("destination"),
            "How long the oldest of them has waited."),
    LINKS_STARTED(
            "khoka_links_started_total",
            List.of("listener", "kind"),
            "Starts of numbered streams by senders: start with 0, resynchronise with -1 in MSH-13."),
    QUERIES("khoka_queries_total", List.of("listener", "outcome"), "Queries by how they ended; answered is good."),
    QUERY_DURATION(
            "khoka_query_duration_seconds",
            List.of("listener"),
            "From the last byte of a query to its answer, the partner's time included."),
    DELIVERIES_PLANNED(
            "khoka_deliveries_planned_total", List.of("listener"), "Deliveries queued for the messages accepted."),
    DELIVERIES_DELIVERED("khoka_deliveries_delivered_total", List.of("destination"), "Deliveries that a partner took."),
    DELIVERED_BYTES("khoka_delivered_bytes_total", List.of("destination"), "Bytes of the messages delivered."),
    DELIVERIES_RETRIED(
            "khoka_deliveries_retried_total", List.of("destination"), "Attempts that failed and will be repeated."),
    POSSIBLE_DUPLICATES(
            "khoka_possible_duplicates_total",
            List.of("destination"),
            "Repetitions after an attempt of unknown outcome: the partner may see the message twice."),
    DEAD_LETTERS("khoka_dead_letters_total", List.of("destination"), "Deliveries given up."),
    DELIVERIES_SKIPPED(
            "khoka_deliveries_skipped_total", List.of("destination"), "Deliveries passed over by rule or operator."),
    ATTEMPTS("khoka_attempts_total", List.of("destination", "outcome"), "Attempts to deliver, by outcome."),
    ATTEMPT_DURATION(
            "khoka_attempt_duration_seconds",
            List.of("destination"),
            "From sending a message to the partner's answer."),
    DELIVERY_LATENCY(
            "khoka_delivery_latency_seconds",
            List.of("destination"),
            "From the receipt of a message to its delivery: what the service level is about."),
    ANSWERS_DROPPED(
            "khoka_answers_dropped_total",
            List.of("destination", "reason"),
            "Answers of a partner that belong to no outstanding message."),
    QUEUE_DEPTH("khoka_queue_depth", List.of("destination"), "Deliveries queued, those being sent included."),
    QUEUE_OLDEST_AGE(
            "khoka_queue_oldest_age_seconds",
            List.of("destination"),
            "How long ago the oldest delivery queued was received; 0 where none is queued."),
    LANES("khoka_lanes", List.of("destination", "state"), "Lanes in each state."),
    LANE_DEPTH(
            "khoka_lane_depth",
            List.of("destination", "lane"),
            "Deliveries queued in a lane. Only the first 128 lanes of an engine have one."),
    CONDITIONS_FAILED(
            "khoka_conditions_failed_total",
            List.of("route", "reason"),
            "Conditions of routes that could not be evaluated; the route's deliveries are held."),
    CODES_WAITING(
            "khoka_codes_waiting",
            List.of("table"),
            "Codes without a row in a code table for which deliveries are held; counted every 15 s."),
    DELIVERIES_WAITING(
            "khoka_deliveries_waiting_for_codes",
            List.of("table"),
            "Deliveries that are held for want of a row in a code table; counted every 15 s."),
    LANE_MOVES("khoka_lane_moves_total", List.of("destination", "state"), "Changes of a lane's state, by the new one."),
    QUEUE_READ_FAILURES(
            "khoka_queue_read_failures_total",
            List.of("destination"),
            "Times that the store could not read what a lane has queued."),
    COMMIT_DURATION("khoka_commit_duration_seconds", List.of(), "Time of a commit of the store, fsync included."),
    COMMIT_MESSAGES("khoka_commit_messages", List.of(), "Messages in a commit."),
    COMMITTED_BYTES("khoka_committed_bytes_total", List.of(), "Bytes of the messages committed."),
    COMMITTED_MARKS("khoka_committed_marks_total", List.of(), "Outcomes of deliveries committed."),
    PRUNED_BODIES("khoka_pruned_bodies_total", List.of(), "Bodies of messages that retention removed."),
    PRUNED_MESSAGES("khoka_pruned_messages_total", List.of(), "Messages that retention removed altogether."),
    PRUNED_QUARANTINED("khoka_pruned_quarantined_total", List.of(), "Quarantined inputs that retention removed."),
    PRUNED_BYTES("khoka_pruned_bytes_total", List.of(), "Bytes that retention freed."),
    STORE_INDEX_LAG("khoka_store_index_lag", List.of(), "Messages by which the search index is behind the journal."),
    STORE_WAITING_BYTES("khoka_store_waiting_bytes", List.of(), "Bytes that wait for the store's writer."),
    STORE_REFUSING("khoka_store_refusing", List.of(), "1 while the store accepts nothing, else 0."),
    STORE_FAILED("khoka_store_failed", List.of(), "1 once the store has failed until it is opened anew, else 0."),
    STORE_FREE_BYTES("khoka_store_free_bytes", List.of(), "Free space of the disk that holds the store."),
    REVISION("khoka_revision", List.of(), "Number of the configuration that messages are planned by."),
    REVISION_SINCE(
            "khoka_revision_since_seconds", List.of(), "When that configuration came into force, as a Unix time."),
    DESTINATIONS_CHANGING(
            "khoka_destinations_changing",
            List.of(),
            "Destinations whose lanes are being exchanged after a change of the configuration."),
    REVISIONS_APPLIED("khoka_revisions_applied_total", List.of(), "Changes of the configuration while the engine ran."),
    REVISIONS_REFUSED(
            "khoka_revisions_refused_total",
            List.of(),
            "Configurations that were to be changed to and were refused; the one before went on."),
    READY("khoka_ready", List.of(), "1 while /health/ready answers 200, else 0."),
    BUILD("khoka_build", List.of("version", "java"), "Always 1; the labels say what runs.");

    private final String exported;
    private final List<String> labels;
    private final String help;

    Metric(String exported, List<String> labels, String help) {
        this.exported = exported;
        this.labels = labels;
        this.help = help;
    }

    /** The name in Prometheus. */
    public String exported() {
        return exported;
    }

    /** The name in Micrometer, which adds the endings that Prometheus wants. */
    String registered() {
        return exported.replaceFirst("_total$", "").replaceFirst("_seconds$", "");
    }

    public List<String> labels() {
        return labels;
    }

    public String help() {
        return help;
    }

    /** Label names and values in turn, as Micrometer takes them. */
    String[] tags(String... values) {
        String[] tags = new String[values.length * 2];
        for (int i = 0; i < values.length; i++) {
            tags[2 * i] = labels.get(i);
            tags[2 * i + 1] = values[i];
        }
        return tags;
    }
}
