package org.khokahano.validation;

import java.util.List;
import org.khokahano.ack.ErrorCondition;
import org.khokahano.message.Message;
import org.khokahano.route.Origin;

/**
 * What messages are validated with, and what is done about findings of each severity.
 *
 * @param mostFindings how many findings are kept of one message
 * @param mostSteps how many checks one message may take
 */
public record ValidationPolicy(
        Validator validator,
        Response onError,
        Response onWarning,
        Response onInformation,
        int mostFindings,
        long mostSteps) {

    /** What is past the bound may be wrong in any way: nobody may take it for checked by making it long. */
    private static final Finding ONLY_A_PART = new Finding(
            Place.MESSAGE,
            "limit",
            "engine",
            Severity.ERROR,
            ErrorCondition.APPLICATION_ERROR,
            "it has more places than are looked at in one message, and the rest was not checked");

    /** What was found, and what is to be done. */
    public record Verdict(Response response, Findings findings) {

        /** The gravest finding in a sentence that names place, rule and layer, with how many more there are. */
        public String summary() {
            List<Finding> list = findings.list();
            if (list.isEmpty()) {
                return "nothing was found";
            }
            Finding first = list.get(0);
            int more = list.size() - 1 + findings.more();
            return first.place() + ": " + first.sentence() + " (rule " + first.rule() + " of " + first.layer() + ")"
                    + (more == 0 ? "" : "; " + more + " more");
        }
    }

    /** Validates a message within bounds. */
    public Verdict judge(Message message, Origin origin) {
        Findings findings = new Findings(mostFindings, mostSteps);
        validator.validate(message, origin, findings);
        if (findings.cutShort()) {
            findings.add(ONLY_A_PART);
        }
        Response response = Response.IGNORE;
        for (Severity severity : Severity.values()) {
            Response wanted = on(severity);
            if (findings.count(severity) > 0 && wanted.compareTo(response) < 0) {
                response = wanted;
            }
        }
        return new Verdict(response, findings);
    }

    /** What is done about a severity. */
    public Response on(Severity severity) {
        return switch (severity) {
            case ERROR -> onError;
            case WARNING -> onWarning;
            case INFORMATION -> onInformation;
        };
    }
}
