package org.khokahano.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.khokahano.cli.terminal.CommandFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code khoka messages reprocess}: what is held, by the configuration as it is now. */
@Command(
        name = "reprocess",
        description = "Plan held deliveries again by the configuration in force, and send what comes of it.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Deliveries are held where no route takes a message ('(no route)'), a condition or a mapping fails, or a",
            "format has no place for what a message holds. Mend the configuration and apply it first. A message that",
            "no route took and that was accepted all the same is planned again too, by its id or with --unrouted.",
            "",
            "Examples:",
            "  khoka messages reprocess config/relay 1042 --reason 'mended the mapping'",
            "  khoka messages reprocess config/relay --destination '(no route)' --reason 'route added'",
            "  khoka messages reprocess config/relay --all --reason 'mended the mapping'",
            "  khoka messages reprocess config/relay --unrouted --from 2h --reason 'mended the condition'"
        })
final class ReprocessCommand implements Callable<Integer> {

    private static final int PAGE = 1_000;

    @Mixin
    private AdminOptions options = new AdminOptions();

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ID", description = "Ids of messages.")
    private List<Long> ids = List.of();

    @Option(names = "--destination", paramLabel = "NAME", description = "All that is held for this destination.")
    private @Nullable String destination;

    @Option(
            names = "--detail",
            paramLabel = "TEXT",
            description =
                    "All that is held for exactly this reason, as 'dead-letters list --held --by-cause' shows it.")
    private @Nullable String detail;

    @Option(names = "--all", description = "All that is held.")
    private boolean all;

    @Option(
            names = "--unrouted",
            description = "Messages that no route took and that are not held, received since --from.")
    private boolean unrouted;

    @Option(names = "--listener", paramLabel = "NAME", description = "With --unrouted: of this listener only.")
    private @Nullable String listener;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "With --unrouted: received at this time or later: 2026-11-22T08:00, or how long ago: 2h, 7d.")
    private @Nullable String from;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why. Kept in the history.")
    private String reason = "";

    @Override
    public Integer call() {
        boolean filtered = all || destination != null || detail != null;
        if (ids.isEmpty() != (filtered || unrouted) || filtered && unrouted) {
            throw new CommandFailure(
                    "name messages, or choose with --destination, --detail or --all, or with --unrouted", 2);
        }
        if (unrouted == (from == null) || !unrouted && listener != null) {
            throw new CommandFailure("--unrouted needs --from, and --from and --listener are for it only", 2);
        }
        AdminClient client = options.client();
        Map<Long, List<Long>> chosen = new LinkedHashMap<>();
        if (filtered) {
            held(client, chosen);
        } else if (unrouted) {
            unrouted(client, chosen);
        } else {
            ids.forEach(id -> chosen.put(id, List.of()));
        }
        if (chosen.isEmpty()) {
            options.out().println(unrouted ? "there is no such message" : "nothing is held that was asked for");
        }
        return Each.of(List.copyOf(chosen.keySet()), options, id -> {
            Map<String, Object> request = new LinkedHashMap<>();
            request.put("reason", reason);
            List<Long> deliveries = chosen.getOrDefault(id, List.of());
            if (!deliveries.isEmpty()) {
                request.put("deliveries", deliveries);
            }
            return told(id, client.post("/api/messages/" + id + "/reprocess", request));
        });
    }

    /** All deliveries that were asked for, by message, the oldest first, so that they keep their order. */
    private void held(AdminClient client, Map<Long, List<Long>> chosen) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("state", "HELD");
        MessageFilter.put(query, "destination", destination);
        MessageFilter.put(query, "detail", detail);
        query.put("limit", Integer.toString(PAGE));
        Map<Long, TreeSet<Long>> found = new TreeMap<>();
        JsonNode page;
        do {
            page = client.get("/api/dead-letters", query);
            for (JsonNode each : page.path("deliveries")) {
                found.computeIfAbsent(each.path("messageId").asLong(), id -> new TreeSet<>())
                        .add(each.path("id").asLong());
            }
            query.put("before", page.path("next").asText());
        } while (page.path("next").asLong() != 0);
        found.forEach((message, deliveries) -> chosen.put(message, List.copyOf(deliveries)));
    }

    /** Messages without deliveries, the oldest first, so that they keep their order. */
    private void unrouted(AdminClient client, Map<Long, List<Long>> chosen) {
        Map<String, String> query = new LinkedHashMap<>();
        MessageFilter.put(query, "listener", listener);
        MessageFilter.put(
                query, "from", MessageFilter.time(String.valueOf(from)).toString());
        query.put("limit", Integer.toString(PAGE));
        TreeSet<Long> found = new TreeSet<>();
        JsonNode page;
        do {
            page = client.get("/api/messages", query);
            for (JsonNode each : page.path("messages")) {
                if (each.path("deliveries").isEmpty()) {
                    found.add(each.path("id").asLong());
                }
            }
            query.put("before", page.path("next").asText());
        } while (page.path("next").asLong() != 0);
        found.forEach(id -> chosen.put(id, List.of()));
    }

    /** What was released and what was not; one that stays held altogether counts as refused. */
    private static String told(long id, JsonNode answer) {
        StringBuilder told = new StringBuilder();
        if (answer.path("released").asInt() > 0) {
            told.append("message ").append(id).append(" planned again by revision ");
            told.append(answer.path("revision").asText()).append(" as message ");
            told.append(answer.path("messageIds").path(0).asText());
        }
        for (JsonNode still : answer.path("stillHeld")) {
            told.append(told.isEmpty() ? "" : "; ");
            if (still.path("delivery").asLong() == 0) {
                told.append("message ").append(id).append(" stays as it is: ").append(Listings.text(still, "why"));
                continue;
            }
            told.append("delivery ");
            told.append(still.path("delivery").asText()).append(" to ");
            told.append(Listings.text(still, "destination")).append(" stays held: ");
            told.append(Listings.text(still, "why"));
        }
        if (answer.path("released").asInt() == 0) {
            throw new CommandFailure(told.toString(), AdminClient.REFUSED);
        }
        return told.toString();
    }
}
