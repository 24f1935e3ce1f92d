package org.khokahano.plan;

import java.util.List;
import org.khokahano.store.NewDelivery;
import org.khokahano.validation.Judgement;

/**
 * What becomes of a message.
 *
 * @param deliveries in the order of the configuration
 * @param taken whether a route took it. Where that leaves no delivery, a mapping dropped it, as the
 *     configuration says, and no route is missing.
 * @param keptOff which filter kept it off a route that would have taken it, with the reason; empty where
 *     none did
 * @param judgements what each route that validates and would take it says of it
 */
public record Plan(List<NewDelivery> deliveries, boolean taken, String keptOff, List<Judgement> judgements) {

    public Plan {
        deliveries = List.copyOf(deliveries);
        judgements = List.copyOf(judgements);
    }

    /** A plan by routes that do not validate. */
    public Plan(List<NewDelivery> deliveries, boolean taken, String keptOff) {
        this(deliveries, taken, keptOff, List.of());
    }

    /** No route has to do with the message. */
    public static final Plan NONE = new Plan(List.of(), false, "");

    /** Why no route takes the message, as far as that is known; no content. */
    public String whyUnrouted() {
        return "no route takes this message" + (keptOff.isEmpty() ? "" : ": " + keptOff);
    }

    /** Whether no route takes the message. */
    public boolean isUnrouted() {
        return !taken;
    }
}
