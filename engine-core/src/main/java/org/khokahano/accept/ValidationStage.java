package org.khokahano.accept;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.ack.AckFault;
import org.khokahano.ack.ErrorCondition;
import org.khokahano.event.EngineEvents;
import org.khokahano.message.Header;
import org.khokahano.message.Message;
import org.khokahano.route.Origin;
import org.khokahano.store.AppendResult;
import org.khokahano.validation.Finding;
import org.khokahano.validation.Findings;
import org.khokahano.validation.JudgedMessage;
import org.khokahano.validation.Judgement;
import org.khokahano.validation.Response;
import org.khokahano.validation.ValidationPolicy;
import org.khokahano.validation.ValidationPolicy.Verdict;

/** The stage after the envelope: what is wrong with the content, and whether it may go on. */
final class ValidationStage {
    /** One ERR each; a sender's staff mend the first ones first. */
    private static final int MOST_ERRORS = 20;

    private static final Verdict NOTHING = new Verdict(Response.IGNORE, new Findings(1, 1));

    private final AcceptPolicy accept;
    private final @Nullable ValidationPolicy policy;
    private final EngineEvents events;

    ValidationStage(AcceptPolicy accept, @Nullable ValidationPolicy policy, EngineEvents events) {
        this.accept = accept;
        this.policy = policy;
        this.events = events;
    }

    /** What is found by the listener's rules. */
    Verdict check(Message message, Origin origin) {
        ValidationPolicy rules = policy;
        if (rules == null) {
            return NOTHING;
        }
        return rules.judge(message, origin);
    }

    /** What the listener and the routes say of a message; empty where neither validates. */
    List<Judgement> judgements(Verdict verdict, List<Judgement> ofRoutes) {
        ValidationPolicy rules = policy;
        if (rules == null) {
            return ofRoutes;
        }
        Judgement own = new Judgement(Judgement.Stage.LISTENER, accept.listener(), rules, verdict);
        if (ofRoutes.isEmpty()) {
            return List.of(own);
        }
        List<Judgement> all = new ArrayList<>(List.of(own));
        all.addAll(ofRoutes);
        return all;
    }

    /** Tells of it once the message is kept: what was refused by the disk comes again, and counts then. */
    void tell(Message message, List<Judgement> judgements, AppendResult kept, boolean isRefused) {
        if (!judgements.isEmpty() && kept.outcome() == AppendResult.Outcome.STORED) {
            tell(message, judgements, kept.storedMillis(), kept.messageId(), isRefused);
        }
    }

    /** Tells of a query, which is not kept at all. */
    void tellOfQuery(Message query, Verdict verdict, long receivedMillis, boolean isRefused) {
        List<Judgement> judgements = judgements(verdict, List.of());
        if (!judgements.isEmpty()) {
            tell(query, judgements, receivedMillis, JudgedMessage.NOT_KEPT, isRefused);
        }
    }

    private void tell(Message message, List<Judgement> judgements, long receivedMillis, long id, boolean isRefused) {
        for (Judgement judgement : judgements) {
            if (judgement.verdict().findings().cutShort()) {
                events.warned(accept.listener(), ToleranceCheck.VALIDATION_CUT_SHORT);
            }
        }
        Header header = message.header();
        String facility = header.sendingFacility();
        events.judged(
                accept.listener(),
                new JudgedMessage(
                        Envelope.isValued(facility) ? facility : accept.facility(),
                        header.sendingApplication(),
                        receivedMillis,
                        id,
                        isRefused,
                        judgements));
    }

    /** Why a message is refused: one reason for each finding, the gravest first (R17, R24). */
    List<Rejection> rejections(Verdict verdict) {
        List<Rejection> rejections = new ArrayList<>();
        List<Finding> told = verdict.findings().list().stream()
                .filter(finding -> policy != null && policy.on(finding.severity()) != Response.IGNORE)
                .toList();
        for (Finding finding : told.subList(0, Math.min(MOST_ERRORS, told.size()))) {
            AckFault fault = new AckFault(
                    finding.place().location(),
                    finding.condition(),
                    finding.rule(),
                    finding.place() + ": " + finding.sentence(),
                    finding.severity().code());
            rejections.add(new Rejection(RejectReason.INVALID, verdict.summary(), fault));
        }
        int more = Math.max(0, told.size() - MOST_ERRORS) + verdict.findings().more();
        if (more > 0) {
            String sentence = more + " more findings are not listed";
            AckFault fault = new AckFault("", ErrorCondition.APPLICATION_ERROR, "more", sentence, "I");
            rejections.add(new Rejection(RejectReason.INVALID, sentence, fault));
        }
        return rejections;
    }
}
