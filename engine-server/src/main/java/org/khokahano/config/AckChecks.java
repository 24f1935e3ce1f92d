package org.khokahano.config;

import org.khokahano.config.problem.Location;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.yaml.Locations;

/** Listeners whose application acknowledgements go to a destination: what does not go together with that. */
final class AckChecks {

    private final EngineConfig config;
    private final Locations locations;
    private final Problems problems;

    AckChecks(EngineConfig config, Locations locations, Problems problems) {
        this.config = config;
        this.locations = locations;
        this.problems = problems;
    }

    void check() {
        config.listeners()
                .forEach((name, listener) -> listener.accept()
                        .applicationAckTo()
                        .ifPresent(to -> {
                            Location place = locations.value("listeners", name, "accept", "applicationAckTo");
                            if (listener.accept().applicationAck() != ApplicationAck.NONE) {
                                problems.error(
                                        place,
                                        "the application acknowledgement goes either on the same connection or to a destination",
                                        "remove 'applicationAck' or 'applicationAckTo'");
                            }
                            if (listener.reply().isPresent()) {
                                problems.error(
                                        place, "a query is answered by its 'reply'", "remove 'applicationAckTo'");
                            }
                            DestinationConfig destination =
                                    config.destinations().get(to);
                            if (destination == null) {
                                return;
                            }
                            if (destination.format().isPresent()
                                    || destination.applicationAck().isPresent()) {
                                problems.error(
                                        place,
                                        "an acknowledgement goes in HL7 and asks for no application acknowledgement itself, and the"
                                                + " destination '" + to + "' has a 'format' or 'applicationAck'",
                                        "name a destination without");
                            }
                        }));
    }
}
