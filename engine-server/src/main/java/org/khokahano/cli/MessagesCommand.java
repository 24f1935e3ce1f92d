package org.khokahano.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.khokahano.cli.terminal.CommandFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code khoka messages}: what the engine has received. */
@Command(
        name = "messages",
        description = "Find, show, send again, plan again and export messages of a running engine.",
        mixinStandardHelpOptions = true,
        subcommands = {
            MessagesCommand.Search.class,
            MessagesCommand.Show.class,
            MessagesCommand.Resend.class,
            ReprocessCommand.class,
            MessagesCommand.Export.class
        })
final class MessagesCommand {

    /** {@code khoka messages search}. */
    @Command(
            name = "search",
            description = "List messages, newest first.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  khoka messages search config/relay --patient 4711 --from 2h",
                "  khoka messages search config/relay --destination lis --state dead_letter --json"
            })
    static final class Search implements Callable<Integer> {

        @Mixin
        private AdminOptions options = new AdminOptions();

        @Mixin
        private MessageFilter filter = new MessageFilter();

        @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many, up to 1000.")
        private int limit;

        @Option(names = "--before", paramLabel = "ID", description = "Only messages with a lower id: the next page.")
        private @Nullable Long before;

        @Override
        public Integer call() {
            Map<String, String> query = filter.query();
            query.put("limit", Integer.toString(limit));
            MessageFilter.put(query, "before", before == null ? null : before.toString());
            JsonNode page = options.client().get("/api/messages", query);
            if (!options.printedAsJson(page)) {
                Listings.messages(page, options.out());
            }
            return 0;
        }
    }

    /** {@code khoka messages show}. */
    @Command(
            name = "show",
            description = "Show one message with the history of its deliveries; with --body its content too.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  khoka messages show config/relay 1042",
                "  khoka messages show config/relay 1042 --body --reason 'call of the laboratory'"
            })
    static final class Show implements Callable<Integer> {

        @Mixin
        private AdminOptions options = new AdminOptions();

        @Mixin
        private BodyOptions body = new BodyOptions();

        @Parameters(index = "1", paramLabel = "ID", description = "The message's id.")
        private long id;

        @Option(
                names = "--delivery",
                paramLabel = "ID",
                description = "With --body: as this delivery's partner gets it.")
        private @Nullable Long delivery;

        @Option(
                names = "--attempt",
                paramLabel = "N",
                description = "With --body and --delivery: what the partner" + " answered to this attempt.")
        private @Nullable Integer attempt;

        @Override
        public Integer call() {
            AdminClient client = options.client();
            if (body.isWanted()) {
                Map<String, String> query = body.query();
                MessageFilter.put(query, "delivery", delivery == null ? null : delivery.toString());
                MessageFilter.put(query, "attempt", attempt == null ? null : attempt.toString());
                Listings.body(client.bytes("/api/messages/" + id + "/body", query), options.out());
                return 0;
            }
            JsonNode message = client.get("/api/messages/" + id, Map.of());
            if (!options.printedAsJson(message)) {
                Listings.message(message, options.out());
                Listings.findings(client.get("/api/messages/" + id + "/findings", Map.of()), options.out());
            }
            return 0;
        }
    }

    /** {@code khoka messages resend}. */
    @Command(
            name = "resend",
            description = "Send messages again, at the end of their lanes, as new messages.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  khoka messages resend config/relay 1042 --reason 'the laboratory lost it'"})
    static final class Resend implements Callable<Integer> {

        @Mixin
        private AdminOptions options = new AdminOptions();

        @Parameters(index = "1..*", arity = "1..*", paramLabel = "ID", description = "Ids of messages.")
        private List<Long> ids = List.of();

        @Option(
                names = "--delivery",
                paramLabel = "ID",
                description = "Only this delivery of a single message; may be"
                        + " given several times. Default: all that are delivered, skipped or dead letters.")
        private List<Long> deliveries = List.of();

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why. Kept in the history.")
        private String reason = "";

        @Override
        public Integer call() {
            if (!deliveries.isEmpty() && ids.size() != 1) {
                throw new CommandFailure("--delivery goes with a single message", 2);
            }
            AdminClient client = options.client();
            Map<String, Object> request = new LinkedHashMap<>();
            request.put("reason", reason);
            if (!deliveries.isEmpty()) {
                request.put("deliveries", deliveries);
            }
            return Each.of(ids, options, id -> {
                JsonNode answer = client.post("/api/messages/" + id + "/resend", request);
                return "message " + id + " sent again as message "
                        + answer.path("messageId").asText();
            });
        }
    }

    /** {@code khoka messages export}. */
    @Command(
            name = "export",
            description = "Write messages as received into a directory, one file each, named by id.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Example:",
                "  khoka messages export config/relay --to out --type ORU --from 1d --reason 'audit 2026-11'"
            })
    static final class Export implements Callable<Integer> {

        private static final int PAGE = 500;

        @Mixin
        private AdminOptions options = new AdminOptions();

        @Mixin
        private MessageFilter filter = new MessageFilter();

        @Option(names = "--to", required = true, paramLabel = "DIR", description = "The directory; made where missing.")
        private @Nullable Path to;

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "1000",
                description = "At most so many, the newest.")
        private long limit;

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why. Logged for each message.")
        private String reason = "";

        @Override
        public Integer call() throws IOException {
            Path directory = Objects.requireNonNull(to);
            Files.createDirectories(directory);
            AdminClient client = options.client();
            Map<String, String> query = filter.query();
            long written = 0;
            JsonNode page;
            do {
                query.put("limit", Long.toString(Math.min(PAGE, limit - written)));
                page = client.get("/api/messages", query);
                for (JsonNode message : page.path("messages")) {
                    String id = message.path("id").asText();
                    byte[] bytes = client.bytes("/api/messages/" + id + "/body", Map.of("reason", reason));
                    Files.write(directory.resolve(id + ".hl7"), bytes);
                    written++;
                }
                query.put("before", page.path("next").asText());
            } while (page.path("next").asLong() != 0 && written < limit);
            options.out().println(written + " messages written to " + directory);
            return 0;
        }
    }
}
