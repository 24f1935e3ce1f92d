package org.khokahano.routing;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.khokahano.expression.Condition;
import org.khokahano.lane.Destination;
import org.khokahano.mapping.Mapping;
import org.khokahano.message.Message;
import org.khokahano.route.Origin;
import org.khokahano.validation.Judgement;
import org.khokahano.validation.ValidationPolicy;

/**
 * One route.
 *
 * @param name the route's name
 * @param from listeners whose messages it looks at; empty for all
 * @param otherwise whether it takes only what no other route of the listener took
 * @param when what a message must fulfil; null for all messages
 * @param except filters, any of which keeps a message off this route
 * @param mapping what turns the message into what the destinations get; null to leave it as it came
 * @param validation what messages it takes must pass, as they were received; null for nothing
 * @param to where it sends them
 */
public record Route(
        String name,
        Set<String> from,
        boolean otherwise,
        @Nullable Condition when,
        List<Filter> except,
        @Nullable Mapping mapping,
        @Nullable ValidationPolicy validation,
        List<Destination> to) {

    public Route {
        from = Set.copyOf(from);
        except = List.copyOf(except);
        to = List.copyOf(to);
    }

    /** A route that does not validate. */
    public Route(
            String name,
            Set<String> from,
            boolean otherwise,
            @Nullable Condition when,
            List<Filter> except,
            @Nullable Mapping mapping,
            List<Destination> to) {
        this(name, from, otherwise, when, except, mapping, null, to);
    }

    boolean isFrom(String listener) {
        return from.isEmpty() || from.contains(listener);
    }

    /** What its validation says of a message as it was received; null where it does not validate. */
    @Nullable
    Judgement judge(Message message, Origin origin) {
        ValidationPolicy policy = validation;
        return policy == null
                ? null
                : new Judgement(Judgement.Stage.ROUTE, name, policy, policy.judge(message, origin));
    }

    String whyInvalid(Judgement judgement) {
        return "invalid for route " + name + ": " + judgement.verdict().summary();
    }
}
