package org.khokahano.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.khokahano.config.problem.Location;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.yaml.Locations;

/** Listeners whose answer is a destination's: what does not go together with that. */
final class ReplyChecks {

    private final EngineConfig config;
    private final Locations locations;
    private final Problems problems;

    ReplyChecks(EngineConfig config, Locations locations, Problems problems) {
        this.config = config;
        this.locations = locations;
        this.problems = problems;
    }

    void check() {
        config.listeners()
                .forEach((name, listener) -> listener.reply().ifPresent(reply -> {
                    checkListener(name, listener, reply);
                    checkDestination(name, reply);
                }));
        config.routes()
                .forEach((name, route) -> route.from().forEach(listener -> {
                    ListenerConfig read = config.listeners().get(listener);
                    if (read != null && read.reply().isPresent()) {
                        problems.error(
                                locations.key("routes", name, "from"),
                                "the listener '" + listener + "' has a 'reply', so nothing of it comes to a route",
                                "remove it here, or remove 'reply' there");
                    }
                }));
    }

    private void checkListener(String name, ListenerConfig listener, ReplyConfig reply) {
        Location place = locations.key("listeners", name, "reply");
        if (listener.transport() instanceof DirectoryListenerConfig) {
            problems.error(place, "nobody waits for an answer to a file", "listen by MLLP or HTTP");
        }
        if (listener.format().isPresent()) {
            problems.error(place, "a query is HL7 in delimiters", "remove 'format' or 'reply'");
        }
        if (listener.accept().onNoRoute() != OnNoRoute.ACCEPT) {
            problems.error(
                    locations.key("listeners", name, "accept", "onNoRoute"),
                    "no query goes by a route",
                    "remove 'onNoRoute', or 'reply'");
        }
        listener.validate().ifPresent(validate -> {
            List<String> keys = new ArrayList<>();
            if (validate.onError() == OnFinding.HOLD) {
                keys.add("onError");
            }
            if (validate.onWarning() == OnFinding.HOLD) {
                keys.add("onWarning");
            }
            if (validate.onInformation() == OnFinding.HOLD) {
                keys.add("onInformation");
            }
            keys.forEach(key -> problems.error(
                    locations.value("listeners", name, "validate", key),
                    "a query is answered or refused, never held",
                    "write 'reject', 'warn' or 'ignore'"));
        });
        Duration longest = listener.transport() instanceof MllpListenerConfig mllp
                ? mllp.replyTimeout()
                : listener.transport() instanceof HttpListenerConfig http ? http.requestTimeout() : null;
        if (longest != null && reply.timeout().compareTo(longest) >= 0) {
            problems.error(
                    locations.key("listeners", name, "reply"),
                    "the listener gives up a query before its 'timeout' is over",
                    listener.transport() instanceof MllpListenerConfig
                            ? "make it shorter than 'mllp.replyTimeout', or that longer"
                            : "make it shorter than 'http.requestTimeout', or that longer");
        }
    }

    private void checkDestination(String name, ReplyConfig reply) {
        DestinationConfig destination = config.destinations().get(reply.from());
        if (destination == null) {
            return;
        }
        Location place = locations.value("listeners", name, "reply", "from");
        if (destination.transport() instanceof DirectoryDestinationConfig) {
            problems.error(place, "a directory answers no query", "name a destination by MLLP or HTTP");
        }
        if (destination.format().isPresent() || destination.characterSet().isPresent()) {
            problems.error(
                    place,
                    "a query goes as it came, and the destination '" + reply.from()
                            + "' has a 'format' or 'characterSet'",
                    "name a destination without");
        }
    }
}
