package org.khokahano.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.khokahano.event.EngineEvents;
import org.khokahano.format.FormatOutcome;
import org.khokahano.format.FormatOutcome.Unsayable;
import org.khokahano.format.FormatOutcome.Written;
import org.khokahano.format.OutputFormat;
import org.khokahano.lane.Destination;
import org.khokahano.mapping.Mapping;
import org.khokahano.mapping.MappingOutcome;
import org.khokahano.mapping.MappingOutcome.Failed;
import org.khokahano.mapping.MappingOutcome.Mapped;
import org.khokahano.mapping.MappingOutcome.Unmapped;
import org.khokahano.message.Message;
import org.khokahano.route.Origin;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.WaitingCode;
import org.khokahano.validation.Judgement;

/**
 * The deliveries of one message as its routes are gone through. Each mapping runs at most once, however
 * many routes and destinations use it. Lists, since a message has few of everything.
 */
final class DeliveryPlan {

    private final Message message;
    private final Origin origin;
    private final EngineEvents events;
    private final List<Choice> choices = new ArrayList<>(4);
    private final List<Ran> ran = new ArrayList<>(2);
    private List<Judgement> judgements = List.of();

    /** A destination with what it gets; held for a reason, or not. */
    private record Choice(
            Destination destination,
            @Nullable Mapping mapping,
            @Nullable String held) {}

    private record Ran(Mapping mapping, MappingOutcome outcome) {}

    DeliveryPlan(Message message, Origin origin, EngineEvents events) {
        this.message = message;
        this.origin = origin;
        this.events = events;
    }

    void judged(Judgement judgement) {
        if (judgements.isEmpty()) {
            judgements = new ArrayList<>(2);
        }
        judgements.add(judgement);
    }

    /** What the routes that validate said, in their order. */
    List<Judgement> judgements() {
        return judgements;
    }

    void take(Route route) {
        for (Destination destination : route.to()) {
            add(new Choice(destination, route.mapping(), null));
        }
    }

    void hold(Route route, String why) {
        for (Destination destination : route.to()) {
            add(new Choice(destination, route.mapping(), why));
        }
    }

    /** A destination gets the same thing once; a route that surely takes it beats one that is held. */
    private void add(Choice added) {
        for (int i = 0; i < choices.size(); i++) {
            Choice known = choices.get(i);
            if (known.destination() == added.destination() && known.mapping() == added.mapping()) {
                if (known.held() != null && added.held() == null) {
                    choices.set(i, added);
                }
                return;
            }
        }
        choices.add(added);
    }

    List<NewDelivery> deliveries() {
        List<NewDelivery> deliveries = new ArrayList<>(choices.size());
        for (Choice choice : choices) {
            NewDelivery asReceived = choice.destination().deliveryOf(message);
            if (choice.held() != null) {
                deliveries.add(asReceived.held(choice.held()));
            } else if (choice.mapping() == null) {
                deliveries.add(delivery(choice.destination(), asReceived, message));
            } else {
                addMapped(deliveries, choice.destination(), asReceived, outcome(choice.mapping()));
            }
        }
        return deliveries;
    }

    private void addMapped(
            List<NewDelivery> deliveries, Destination destination, NewDelivery asReceived, MappingOutcome outcome) {
        if (outcome instanceof Mapped mapped) {
            for (Message made : mapped.messages()) {
                deliveries.add(delivery(destination, asReceived, made));
            }
        } else if (outcome instanceof Unmapped unmapped) {
            deliveries.add(asReceived.waiting(
                    unmapped.reason(),
                    unmapped.codes().stream()
                            .map(code -> new WaitingCode(code.table(), code.code(), code.system(), code.place()))
                            .toList()));
        } else if (outcome instanceof Failed failed) {
            deliveries.add(asReceived.held(failed.reason()));
        }
    }

    /** The delivery of what is to go out, in the destination's format. */
    private NewDelivery delivery(Destination destination, NewDelivery asReceived, Message made) {
        byte[] bytes = made.bytes();
        boolean untouched = bytes == message.bytes() || Arrays.equals(bytes, message.bytes());
        OutputFormat format = destination.format();
        if (format == null) {
            return untouched ? asReceived : asReceived.carrying(bytes);
        }
        FormatOutcome outcome = format.write(made);
        if (outcome instanceof Written written) {
            return asReceived.carrying(written.bytes());
        }
        NewDelivery unwritten = untouched ? asReceived : asReceived.carrying(bytes);
        return unwritten.held(((Unsayable) outcome).reason());
    }

    private MappingOutcome outcome(Mapping mapping) {
        for (Ran each : ran) {
            if (Objects.equals(each.mapping(), mapping)) {
                return each.outcome();
            }
        }
        MappingOutcome outcome = mapping.apply(message, origin);
        int dropped = outcome.drops().size();
        if (dropped > 0) {
            events.dropped(mapping.name(), dropped);
        }
        ran.add(new Ran(mapping, outcome));
        return outcome;
    }
}
