package org.khokahano.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code khoka destinations}: where messages go, and how that goes. */
@Command(
        name = "destinations",
        description = "List, pause and resume the destinations of a running engine.",
        mixinStandardHelpOptions = true,
        subcommands = {
            DestinationsCommand.Listing.class,
            DestinationsCommand.Pause.class,
            DestinationsCommand.Resume.class
        })
final class DestinationsCommand {

    private static String path(String destination, String action) {
        return "/api/destinations/" + URLEncoder.encode(destination, StandardCharsets.UTF_8) + '/' + action;
    }

    /** {@code khoka destinations list}. */
    @Command(
            name = "list",
            description = "List the destinations' lanes: state, depth, the oldest, why a lane stands.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  khoka destinations list config/relay"})
    static final class Listing implements Callable<Integer> {

        @Mixin
        private AdminOptions options = new AdminOptions();

        @Override
        public Integer call() {
            JsonNode destinations = options.client().get("/api/destinations", Map.of());
            if (!options.printedAsJson(destinations)) {
                Listings.destinations(destinations, options.out());
            }
            return 0;
        }
    }

    /** {@code khoka destinations pause}. */
    @Command(
            name = "pause",
            description = "Send nothing to a destination until it is resumed, over restarts too. Messages for it"
                    + " are still taken, and queue.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  khoka destinations pause config/relay lis --reason 'LIS is upgraded'"})
    static final class Pause implements Callable<Integer> {

        @Mixin
        private AdminOptions options = new AdminOptions();

        @Parameters(index = "1", paramLabel = "NAME", description = "The destination.")
        private String name = "";

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why. Shown while it lasts.")
        private String reason = "";

        @Override
        public Integer call() {
            options.client().post(path(name, "pause"), Map.of("reason", reason));
            options.out().println("destination " + name + " paused");
            return 0;
        }
    }

    /** {@code khoka destinations resume}. */
    @Command(
            name = "resume",
            description = "Go on after a pause or a hold, and without waiting for the next retry.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  khoka destinations resume config/relay lis"})
    static final class Resume implements Callable<Integer> {

        @Mixin
        private AdminOptions options = new AdminOptions();

        @Parameters(index = "1", paramLabel = "NAME", description = "The destination.")
        private String name = "";

        @Option(
                names = "--reason",
                paramLabel = "TEXT",
                defaultValue = "by command",
                description = "Why. Default: ${DEFAULT-VALUE}.")
        private String reason = "";

        @Override
        public Integer call() {
            options.client().post(path(name, "resume"), Map.of("reason", reason));
            options.out().println("destination " + name + " resumed");
            return 0;
        }
    }
}
