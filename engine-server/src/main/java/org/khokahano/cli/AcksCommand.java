package org.khokahano.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code khoka acks}: the application acknowledgements that deliveries wait for. */
@Command(
        name = "acks",
        description = "List the application acknowledgements that partners still owe.",
        mixinStandardHelpOptions = true,
        subcommands = {AcksCommand.Pending.class})
final class AcksCommand {

    /** {@code khoka acks pending}. */
    @Command(
            name = "pending",
            description = "List the deliveries that partners have accepted and not yet acknowledged, oldest first.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "'khoka dead-letters skip' ends the wait for one of them.",
                "",
                "Example:",
                "  khoka acks pending config/relay --destination lis"
            })
    static final class Pending implements Callable<Integer> {

        @Mixin
        private AdminOptions options = new AdminOptions();

        @Option(names = "--destination", paramLabel = "NAME", description = "Only those to this destination.")
        private @Nullable String destination;

        @Option(names = "--after", paramLabel = "N", defaultValue = "0", description = "Only those after this number.")
        private long after;

        @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many, up to 1000.")
        private int limit;

        @Override
        public Integer call() {
            Map<String, String> query = new LinkedHashMap<>();
            query.put("after", Long.toString(after));
            query.put("limit", Integer.toString(limit));
            MessageFilter.put(query, "destination", destination);
            JsonNode answer = options.client().get("/api/acks/pending", query);
            if (options.printedAsJson(answer)) {
                return 0;
            }
            Table table = new Table("NUMBER", "DESTINATION", "CONTROL ID", "MESSAGE", "DELIVERY", "SINCE", "SECONDS");
            for (JsonNode each : answer.path("pending")) {
                table.add(
                        Listings.text(each, "number"),
                        Listings.text(each, "destination"),
                        Listings.text(each, "controlId"),
                        Listings.text(each, "messageId"),
                        Listings.text(each, "deliveryId"),
                        Listings.text(each, "since"),
                        Listings.text(each, "ageSeconds"));
            }
            table.print(options.out());
            if (table.size() == 0) {
                options.out().println("none found");
            } else if (answer.path("next").asLong() > 0) {
                options.out().println("There are more: --after " + Listings.text(answer, "next"));
            }
            return 0;
        }
    }
}
