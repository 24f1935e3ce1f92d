package org.khokahano.cli.demo;

import java.util.Optional;
import java.util.stream.Stream;

/** Partners that take messages over HTTP, and what the hub's configuration calls them. */
enum DemoSite {
    MINISTRY("ministry-reporting", "/bed-statistics"),
    PROGRAMME("hiv-tb-programme", "/programme-results"),
    DISTRICTS("district-offices", "/notifications"),
    PORTAL("clinic-portal", "/results");

    private final String destination;
    private final String path;

    DemoSite(String destination, String path) {
        this.destination = destination;
        this.path = path;
    }

    /** The destination's name in the configuration. */
    String destination() {
        return destination;
    }

    String path() {
        return path;
    }

    /** The name of its port among the {@link DemoPorts}. */
    String port() {
        return name() + "_PORT";
    }

    /** The site whose address the configuration asks for under that name. */
    static Optional<DemoSite> ofAddress(String variable) {
        return Stream.of(values())
                .filter(site -> variable.equals(site.name() + "_URL"))
                .findFirst();
    }
}
