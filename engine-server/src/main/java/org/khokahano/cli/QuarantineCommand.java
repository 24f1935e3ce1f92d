package org.khokahano.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code khoka quarantine}: input that did not become a message. */
@Command(
        name = "quarantine",
        description = "List and show what a running engine received and could not take as a message.",
        mixinStandardHelpOptions = true,
        subcommands = {QuarantineCommand.Listing.class, QuarantineCommand.Show.class})
final class QuarantineCommand {

    /** {@code khoka quarantine list}. */
    @Command(
            name = "list",
            description = "List quarantined input, newest first.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  khoka quarantine list config/relay --limit 10"})
    static final class Listing implements Callable<Integer> {

        @Mixin
        private AdminOptions options = new AdminOptions();

        @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many, up to 1000.")
        private int limit;

        @Option(names = "--before", paramLabel = "ID", description = "Only inputs with a lower id: the next page.")
        private @Nullable Long before;

        @Override
        public Integer call() {
            Map<String, String> query = new LinkedHashMap<>();
            query.put("limit", Integer.toString(limit));
            MessageFilter.put(query, "before", before == null ? null : before.toString());
            JsonNode page = options.client().get("/api/quarantine", query);
            if (!options.printedAsJson(page)) {
                Listings.quarantine(page, options.out());
            }
            return 0;
        }
    }

    /** {@code khoka quarantine show}. */
    @Command(
            name = "show",
            description = "Show why an input was quarantined; with --body its content too.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  khoka quarantine show config/relay 7 --body --reason 'sender asks why'"})
    static final class Show implements Callable<Integer> {

        @Mixin
        private AdminOptions options = new AdminOptions();

        @Mixin
        private BodyOptions body = new BodyOptions();

        @Parameters(index = "1", paramLabel = "ID", description = "The input's id.")
        private long id;

        @Override
        public Integer call() {
            AdminClient client = options.client();
            if (body.isWanted()) {
                Listings.body(client.bytes("/api/quarantine/" + id + "/body", body.query()), options.out());
                return 0;
            }
            JsonNode input = client.get("/api/quarantine/" + id, Map.of());
            if (!options.printedAsJson(input)) {
                Listings.fields(input, options.out());
            }
            return 0;
        }
    }
}
