package org.khokahano.engine;

import java.util.Map;
import org.khokahano.config.AnswerAction;
import org.khokahano.config.AnswerKind;
import org.khokahano.config.DestinationConfig;
import org.khokahano.lane.AnswerRule;
import org.khokahano.lane.AnswerTable;
import org.khokahano.lane.DeliveryAction;
import org.khokahano.lane.LaneLimits;
import org.khokahano.lane.LaneSettings;
import org.khokahano.lane.RetryPolicy;
import org.khokahano.send.OutcomeKind;

/** Turns what is configured about a destination into what its lanes go by. */
final class LaneAssembly {

    private LaneAssembly() {}

    /**
     * A lane's settings.
     *
     * @param number the lane's number, from 0
     * @param window how many deliveries may be outstanding at once (R31)
     */
    static LaneSettings settings(String name, int number, int window, DestinationConfig config) {
        // The window must fit into what is kept in memory, whatever was configured for that.
        LaneLimits limits = new LaneLimits(
                window,
                Math.max(window, config.memory().messages()),
                config.memory().bytes());
        RetryPolicy retry = new RetryPolicy(
                config.retry().first(),
                config.retry().max(),
                config.retry().factor(),
                config.retry().jitter());
        return new LaneSettings(
                name,
                number,
                config.order().lanes(),
                limits,
                retry,
                answers(config),
                config.applicationAck().isPresent());
    }

    /** The answer table of R28. */
    static AnswerTable answers(DestinationConfig config) {
        AnswerTable table = AnswerTable.defaults();
        for (Map.Entry<AnswerKind, org.khokahano.config.AnswerRule> entry :
                config.answers().entrySet()) {
            AnswerRule rule = AnswerRule.after(
                    entry.getValue().tries(), action(entry.getValue().action()));
            table = table.with(kind(entry.getKey()), rule);
        }
        return table;
    }

    private static OutcomeKind kind(AnswerKind kind) {
        return switch (kind) {
            case AA -> OutcomeKind.AA;
            case CA -> OutcomeKind.CA;
            case AE -> OutcomeKind.AE;
            case CE -> OutcomeKind.CE;
            case AR -> OutcomeKind.AR;
            case CR -> OutcomeKind.CR;
            case NO_MSA -> OutcomeKind.NO_MSA;
            case UNREADABLE -> OutcomeKind.UNREADABLE;
            case TIMEOUT -> OutcomeKind.TIMEOUT;
            case REFUSED -> OutcomeKind.REFUSED;
            case RESET -> OutcomeKind.RESET;
            case SEQUENCE -> OutcomeKind.SEQUENCE;
            case UNSENDABLE -> OutcomeKind.UNSENDABLE;
        };
    }

    private static DeliveryAction action(AnswerAction action) {
        return switch (action) {
            case DONE -> DeliveryAction.DONE;
            case RETRY -> DeliveryAction.RETRY;
            case HOLD -> DeliveryAction.HOLD;
            case DEAD_LETTER -> DeliveryAction.DEAD_LETTER;
            case SKIP -> DeliveryAction.SKIP;
        };
    }
}
