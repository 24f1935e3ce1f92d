package org.khokahano.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.khokahano.cli.terminal.CommandFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code khoka dead-letters}: what could not be delivered. */
@Command(
        name = "dead-letters",
        description = "List, show, send again and skip what a running engine could not deliver.",
        mixinStandardHelpOptions = true,
        subcommands = {
            DeadLettersCommand.Listing.class,
            DeadLettersCommand.Show.class,
            DeadLettersCommand.Resend.class,
            DeadLettersCommand.Skip.class
        })
final class DeadLettersCommand {

    private static final int PAGE = 1_000;

    /** Which deliveries. */
    static final class Filter {
        @Option(names = "--destination", paramLabel = "NAME", description = "Only those to this destination.")
        private @Nullable String destination;

        @Option(names = "--outcome", paramLabel = "OUTCOME", description = "Only those that ended so: AE, AR, ...")
        private @Nullable String outcome;

        Map<String, String> query() {
            Map<String, String> query = new LinkedHashMap<>();
            MessageFilter.put(query, "destination", destination);
            MessageFilter.put(query, "outcome", outcome);
            return query;
        }
    }

    /** {@code khoka dead-letters list}. */
    @Command(
            name = "list",
            description = "List dead letters, newest first; or how many there are of each cause.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  khoka dead-letters list config/relay --by-cause",
                "  khoka dead-letters list config/relay --destination lis --outcome AR"
            })
    static final class Listing implements Callable<Integer> {

        @Mixin
        private AdminOptions options = new AdminOptions();

        @Mixin
        private Filter filter = new Filter();

        @Option(names = "--held", description = "List deliveries that are held, in the place of dead letters.")
        private boolean held;

        @Option(names = "--by-cause", description = "Group by destination, outcome and detail.")
        private boolean byCause;

        @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many, up to 1000.")
        private int limit;

        @Option(names = "--before", paramLabel = "ID", description = "Only deliveries with a lower id: the next page.")
        private @Nullable Long before;

        @Override
        public Integer call() {
            AdminClient client = options.client();
            String state = held ? "HELD" : "DEAD_LETTER";
            if (byCause) {
                JsonNode causes = client.get("/api/dead-letters/causes", Map.of("state", state));
                if (!options.printedAsJson(causes)) {
                    Listings.causes(causes, options.out());
                }
                return 0;
            }
            Map<String, String> query = filter.query();
            query.put("state", state);
            query.put("limit", Integer.toString(limit));
            MessageFilter.put(query, "before", before == null ? null : before.toString());
            JsonNode page = client.get("/api/dead-letters", query);
            if (!options.printedAsJson(page)) {
                Listings.deadLetters(page, options.out());
            }
            return 0;
        }
    }

    /** {@code khoka dead-letters show}. */
    @Command(
            name = "show",
            description = "Show the message of a dead letter with the history of its deliveries.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  khoka dead-letters show config/relay 2081"})
    static final class Show implements Callable<Integer> {

        @Mixin
        private AdminOptions options = new AdminOptions();

        @Parameters(index = "1", paramLabel = "DELIVERY", description = "The delivery's id, as the list shows it.")
        private long id;

        @Override
        public Integer call() {
            JsonNode message = options.client().get("/api/deliveries/" + id, Map.of());
            if (!options.printedAsJson(message)) {
                Listings.message(message, options.out());
            }
            return 0;
        }
    }

    /** {@code khoka dead-letters resend}. */
    @Command(
            name = "resend",
            description = "Send dead letters again: those named, or all that --destination or --outcome choose.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  khoka dead-letters resend config/relay 2081 2082 --reason 'mended the code table'",
                "  khoka dead-letters resend config/relay --destination lis --outcome AR --reason 'LIS is back'"
            })
    static final class Resend implements Callable<Integer> {

        @Mixin
        private AdminOptions options = new AdminOptions();

        @Mixin
        private Filter filter = new Filter();

        @Parameters(index = "1..*", arity = "0..*", paramLabel = "DELIVERY", description = "Ids of deliveries.")
        private List<Long> ids = List.of();

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why. Kept in the history.")
        private String reason = "";

        @Override
        public Integer call() {
            if (ids.isEmpty() == filter.query().isEmpty()) {
                throw new CommandFailure("name deliveries, or choose them with --destination or --outcome", 2);
            }
            AdminClient client = options.client();
            List<Long> chosen = ids.isEmpty() ? chosen(client, filter.query()) : ids;
            return Each.of(chosen, options, id -> {
                JsonNode detail = client.get("/api/deliveries/" + id, Map.of());
                String message = detail.path("message").path("id").asText();
                JsonNode answer = client.post(
                        "/api/messages/" + message + "/resend", Map.of("deliveries", List.of(id), "reason", reason));
                return "delivery " + id + " sent again with message "
                        + answer.path("messageId").asText();
            });
        }

        /** All of them, oldest first, so that they keep their order. */
        private static List<Long> chosen(AdminClient client, Map<String, String> query) {
            List<Long> found = new ArrayList<>();
            query.put("limit", Integer.toString(PAGE));
            JsonNode page;
            do {
                page = client.get("/api/dead-letters", query);
                page.path("deliveries")
                        .forEach(each -> found.add(each.path("id").asLong()));
                query.put("before", page.path("next").asText());
            } while (page.path("next").asLong() != 0);
            Collections.reverse(found);
            return found;
        }
    }

    /** {@code khoka dead-letters skip}. */
    @Command(
            name = "skip",
            description = "Give up deliveries for good: dead letters, held ones, or one that blocks its lane.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  khoka dead-letters skip config/relay 2081 --reason 'sent by telephone'"})
    static final class Skip implements Callable<Integer> {

        @Mixin
        private AdminOptions options = new AdminOptions();

        @Parameters(index = "1..*", arity = "1..*", paramLabel = "DELIVERY", description = "Ids of deliveries.")
        private List<Long> ids = List.of();

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why. Kept in the history.")
        private String reason = "";

        @Override
        public Integer call() {
            AdminClient client = options.client();
            return Each.of(ids, options, id -> {
                client.post("/api/deliveries/" + id + "/skip", Map.of("reason", reason));
                return "delivery " + id + " skipped";
            });
        }
    }
}
