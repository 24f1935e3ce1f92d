package org.khokahano.accept;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.accept.QueryContent.ImpassableException;
import org.khokahano.accept.Reply.Refusal;
import org.khokahano.ack.AckFault;
import org.khokahano.ack.AckWriter;
import org.khokahano.ack.Disposition;
import org.khokahano.ack.ErrorCondition;
import org.khokahano.event.EngineEvents;
import org.khokahano.event.FaultPlace;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.query.QueryPartner;
import org.khokahano.query.QueryPartner.Ending;
import org.khokahano.query.QueryRoute;
import org.khokahano.route.Origin;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;
import org.khokahano.validation.Response;
import org.khokahano.validation.ValidationPolicy;
import org.khokahano.validation.ValidationPolicy.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes queries: the partner's answer is the sender's, byte for byte unless a mapping is set (chapter 5). Nothing is stored,
 * neither a query nor its answer nor what is no query. Without an answer in time the sender gets
 * a negative acknowledgement in original mode that says what happened (R24, R25); MSH-15 and MSH-16
 * are the partner's to look at, and no accept acknowledgement is given.
 */
public final class QueryIntake implements Intake {

    private static final Logger LOG = LoggerFactory.getLogger(QueryIntake.class);

    /** In events and metrics: the partner's answer was given. */
    public static final String ANSWERED = "answered";

    private final AcceptPolicy policy;
    private final String partnerName;
    private final boolean audit;
    private final EnvelopeCheck envelopeCheck;
    private final ValidationStage validation;
    private final QueryContent content;
    private final QueryPartner partner;
    private final AckWriter writer;
    private final EngineEvents events;
    private final EngineClock clock;
    private final AnswerIds ids;

    /**
     * @param validated what queries are validated by, or null
     * @param audit whether the log says who asked when
     */
    public QueryIntake(
            AcceptPolicy policy,
            @Nullable ValidationPolicy validated,
            boolean audit,
            QueryRoute route,
            AckWriter writer,
            EngineEvents events,
            EngineClock clock) {
        this.policy = policy;
        this.partnerName = route.name();
        this.audit = audit;
        this.envelopeCheck = new EnvelopeCheck(policy);
        this.validation = new ValidationStage(policy, validated, events);
        this.content = new QueryContent(route);
        this.partner = route.partner();
        this.writer = writer;
        this.events = events;
        this.clock = clock;
        this.ids = new AnswerIds('Q', policy.listener(), clock);
    }

    @Override
    public String listener() {
        return policy.listener();
    }

    @Override
    public void receive(Received received, Reply reply) {
        Message message;
        try {
            message = Message.read(received.bytes());
        } catch (UnreadableMessageException e) {
            refuseUnreadable(received, e, reply);
            return;
        }
        if (Envelope.isAcknowledgement(message)) {
            // R32: never answered, or two engines would go on for ever.
            ended(received, RejectReason.UNSOLICITED_ACK.code());
            reply.refuse(RejectReason.UNSOLICITED_ACK.refusal(), null);
            return;
        }
        Query query = new Query(
                received, message, new Origin(policy.listener(), policy.facility(), clock.wallMillis()), reply);
        Message asked;
        try {
            List<Rejection> rejections = rejections(query);
            if (!rejections.isEmpty()) {
                refuse(received, message, rejections, reply);
                return;
            }
            asked = content.asked(message, query.origin());
        } catch (ImpassableException e) {
            failed(received, message, e.code(), e.sentence(), reply);
            return;
        } catch (RuntimeException fault) {
            engineFault(query, fault);
            return;
        }
        byte[] bytes = asked == message ? received.bytes() : asked.bytes();
        partner.ask(bytes, reply.executor(), ending -> answer(query, asked, ending));
    }

    private List<Rejection> rejections(Query query) {
        List<Rejection> rejections = envelopeCheck.check(query.message());
        if (!rejections.isEmpty()) {
            return rejections;
        }
        Verdict verdict = validation.check(query.message(), query.origin());
        boolean refused = verdict.response() == Response.REJECT;
        validation.tellOfQuery(query.message(), verdict, query.origin().receivedMillis(), refused);
        return refused ? validation.rejections(verdict) : List.of();
    }

    /** A query that is taken, and who waits for its answer. */
    private record Query(Received received, Message message, Origin origin, Reply reply) {}

    private void answer(Query query, Message asked, Ending ending) {
        Received received = query.received();
        Message message = query.message();
        Reply reply = query.reply();
        if (ending instanceof Ending.Sent sent) {
            SendOutcome outcome = sent.outcome();
            byte[] answer = answerOf(outcome);
            if (answer == null) {
                failed(received, message, outcomeCode(outcome), sentence(outcome), reply);
                return;
            }
            byte[] given;
            try {
                given = content.answer(answer, message, asked, query.origin());
            } catch (ImpassableException e) {
                failed(received, message, e.code(), e.sentence(), reply);
                return;
            } catch (RuntimeException fault) {
                engineFault(query, fault);
                return;
            }
            ended(received, ANSWERED);
            reply.send(given);
        } else if (ending instanceof Ending.Busy) {
            failed(received, message, "busy", "as many queries as may be are under way; ask again later", reply);
        } else {
            failed(received, message, OutcomeKind.TIMEOUT.key(), partnerName + " did not answer in time", reply);
        }
    }

    /** The partner's answer; a status page of HTTP beside a kind is none. */
    private static byte @Nullable [] answerOf(SendOutcome outcome) {
        return switch (outcome.kind()) {
            case AA, CA, AE, CE, AR, CR -> outcome.detail().isEmpty() ? outcome.answer() : null;
            case NO_MSA, UNREADABLE, TIMEOUT, REFUSED, RESET, SEQUENCE, UNSENDABLE -> null;
        };
    }

    private static String outcomeCode(SendOutcome outcome) {
        return switch (outcome.kind()) {
            case AA, CA, AE, CE, AR, CR -> "noAnswer";
            case NO_MSA, UNREADABLE, TIMEOUT, REFUSED, RESET, SEQUENCE, UNSENDABLE ->
                outcome.kind().key();
        };
    }

    /** For the sender's staff: what happened, without addresses or texts of the partner. */
    private String sentence(SendOutcome outcome) {
        return switch (outcome.kind()) {
            case TIMEOUT -> partnerName + " did not answer in time";
            case REFUSED -> partnerName + " cannot be reached";
            case RESET -> "the connection to " + partnerName + " ended before the answer";
            case NO_MSA -> "the answer of " + partnerName + " has no MSA or answers another message";
            case UNREADABLE -> "the answer of " + partnerName + " cannot be read";
            case UNSENDABLE -> "the query cannot be sent to " + partnerName + " as it is";
            case AA, CA, AE, CE, AR, CR, SEQUENCE -> partnerName + " gave no answer in HL7";
        };
    }

    private void failed(Received received, Message query, String outcome, String sentence, Reply reply) {
        ended(received, outcome);
        AckFault fault = new AckFault("", ErrorCondition.APPLICATION_ERROR, outcome, sentence);
        // AE for what went wrong with the answer; AR would say that the query is not acceptable.
        Disposition disposition = Disposition.CONTENT_ERROR;
        reply.refuse(
                Refusal.NO_ANSWER,
                writer.write(query, disposition.code(false), ids.next(), clock.wallMillis(), List.of(fault)));
    }

    /** A query that meets a bug ends alone, and its asker need not wait until the time is over. */
    private void engineFault(Query query, RuntimeException fault) {
        LOG.error(
                "listener {}: a fault of the engine met a query of {} bytes: {}",
                policy.listener(),
                query.received().bytes().length,
                FaultPlace.of(fault));
        Rejection rejection = new Rejection(
                RejectReason.ENGINE_FAULT, "the engine failed on this query; its operators have been told");
        refuse(query.received(), query.message(), List.of(rejection), query.reply());
    }

    private void refuse(Received received, Message message, List<Rejection> rejections, Reply reply) {
        RejectReason reason = rejections.get(0).reason();
        ended(received, reason.code());
        List<AckFault> faults = rejections.stream().map(Rejection::fault).toList();
        reply.refuse(
                reason.refusal(),
                writer.write(message, reason.disposition().code(false), ids.next(), clock.wallMillis(), faults));
    }

    private void refuseUnreadable(Received received, UnreadableMessageException problem, Reply reply) {
        RejectReason reason = RejectReason.of(problem.reason());
        String detail = problem.reason().description() + " (byte " + problem.offset() + ')';
        ended(received, reason.code());
        reply.refuse(reason.refusal(), writer.writeForUnreadable(ids.next(), clock.wallMillis(), reason.fault(detail)));
    }

    @Override
    public void tooLong(Received head, int limit, Reply reply) {
        Rejection rejection = new Rejection(
                RejectReason.TOO_LONG, "the query is longer than the " + limit + " bytes that this listener takes");
        Message message = readable(head);
        if (message != null && message.segmentCount() > 1) {
            refuse(head, message, List.of(rejection), reply);
            return;
        }
        ended(head, rejection.reason().code());
        // Cut off inside MSH, even MSH-10 may be a part only; without any, nobody reads an acknowledgement (R6).
        reply.refuse(
                rejection.reason().refusal(),
                message == null ? null : writer.writeForUnreadable(ids.next(), clock.wallMillis(), rejection.fault()));
    }

    private static @Nullable Message readable(Received head) {
        try {
            return Message.read(head.bytes());
        } catch (UnreadableMessageException e) {
            return null;
        }
    }

    @Override
    public void unframed(Received received, UnframedReason reason, SerialExecutor executor) {
        ended(received, reason.code());
    }

    @Override
    public boolean isSaturated() {
        return partner.isSaturated();
    }

    @Override
    public void whenRelieved(SerialExecutor executor, Runnable task) {
        partner.whenRelieved(executor, task);
    }

    @Override
    public void retire() {
        partner.retire();
    }

    private void ended(Received received, String outcome) {
        Duration took = Duration.ofNanos(clock.nanoTime() - received.receivedNanos());
        events.queried(policy.listener(), outcome, took);
        if (audit) {
            LOG.info("listener {}: a query from {} ended: {}", policy.listener(), received.remote(), outcome);
        }
    }
}
