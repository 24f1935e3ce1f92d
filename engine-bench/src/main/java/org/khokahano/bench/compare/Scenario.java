package org.khokahano.bench.compare;

import java.util.Arrays;
import java.util.Locale;

/** A shape of load. */
enum Scenario {
    FIFO("1 lane, window 1, 8 connections", 1, 8, 0),
    LANES_8("8 lanes by patient, 8 connections", 8, 8, 0),
    LANES_64("8 lanes by patient, 64 connections", 8, 64, 0),
    OPEN_500("8 lanes, 8 connections, 500 messages/s on a fixed schedule", 8, 8, 500);

    private final String description;
    private final int lanes;
    private final int connections;
    private final double ratePerSecond;

    Scenario(String description, int lanes, int connections, double ratePerSecond) {
        this.description = description;
        this.lanes = lanes;
        this.connections = connections;
        this.ratePerSecond = ratePerSecond;
    }

    String description() {
        return description;
    }

    int lanes() {
        return lanes;
    }

    int connections() {
        return connections;
    }

    /** 0 where each connection sends as soon as it is answered. */
    double ratePerSecond() {
        return ratePerSecond;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException listing the names that exist */
    static Scenario labelled(String label) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No scenario '" + label + "'; there are "
                        + Arrays.stream(values()).map(Scenario::label).toList()));
    }
}
