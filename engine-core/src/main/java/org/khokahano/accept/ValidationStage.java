package org.khokahano.accept;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.ack.AckFault;
import org.khokahano.ack.ErrorCondition;
import org.khokahano.event.EngineEvents;
import org.khokahano.message.Message;
import org.khokahano.route.Origin;
import org.khokahano.validation.Finding;
import org.khokahano.validation.Findings;
import org.khokahano.validation.Response;
import org.khokahano.validation.Severity;
import org.khokahano.validation.ValidationPolicy;
import org.khokahano.validation.ValidationPolicy.Verdict;

/** The stage after the envelope: what is wrong with the content, and whether it may go on. */
final class ValidationStage {
    /** One ERR each; a sender's staff mend the first ones first. */
    private static final int MOST_ERRORS = 20;

    private static final Verdict NOTHING = new Verdict(Response.IGNORE, new Findings(1, 1));

    private final String listener;
    private final @Nullable ValidationPolicy policy;
    private final EngineEvents events;

    ValidationStage(String listener, @Nullable ValidationPolicy policy, EngineEvents events) {
        this.listener = listener;
        this.policy = policy;
        this.events = events;
    }

    /** What was found; counts it. */
    Verdict check(Message message, Origin origin) {
        ValidationPolicy rules = policy;
        if (rules == null) {
            return NOTHING;
        }
        Verdict verdict = rules.judge(message, origin);
        for (Severity severity : Severity.values()) {
            int count = verdict.findings().count(severity);
            if (count > 0 && rules.on(severity) != Response.IGNORE) {
                events.found(listener, severity, count);
            }
        }
        if (verdict.findings().cutShort()) {
            events.warned(listener, ToleranceCheck.VALIDATION_CUT_SHORT);
        }
        return verdict;
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
