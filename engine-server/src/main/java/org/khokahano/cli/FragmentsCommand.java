package org.khokahano.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code khoka fragments}: messages that come in several fragments (HL7 2.10.2). */
@Command(
        name = "fragments",
        description = "List the messages of which fragments are still to come.",
        mixinStandardHelpOptions = true,
        subcommands = {FragmentsCommand.Pending.class})
final class FragmentsCommand {

    /** {@code khoka fragments pending}. */
    @Command(
            name = "pending",
            description = "List the messages whose rest is still to come, oldest first.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "What does not come within the listener's 'continuation: timeout' goes to quarantine.",
                "",
                "Example:",
                "  khoka fragments pending config/relay"
            })
    static final class Pending implements Callable<Integer> {

        @Mixin
        private AdminOptions options = new AdminOptions();

        @Override
        public Integer call() {
            JsonNode answer = options.client().get("/api/fragments/pending", Map.of());
            if (options.printedAsJson(answer)) {
                return 0;
            }
            Table table = new Table("NUMBER", "LISTENER", "CONTROL ID", "FRAGMENTS", "SINCE", "SECONDS");
            for (JsonNode each : answer.path("pending")) {
                table.add(
                        Listings.text(each, "chain"),
                        Listings.text(each, "listener"),
                        Listings.text(each, "controlId"),
                        Listings.text(each, "fragments"),
                        Listings.text(each, "since"),
                        Listings.text(each, "ageSeconds"));
            }
            table.print(options.out());
            if (table.size() == 0) {
                options.out().println("none found");
            }
            return 0;
        }
    }
}
