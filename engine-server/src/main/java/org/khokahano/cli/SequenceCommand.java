package org.khokahano.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code khoka sequence}: the sequence numbers of partners that go by them (HL7 2.10.1). */
@Command(
        name = "sequence",
        description = "List, set and remove the sequence numbers of listeners and destinations that go by them.",
        mixinStandardHelpOptions = true,
        subcommands = {SequenceCommand.Listing.class, SequenceCommand.Set.class, SequenceCommand.Remove.class})
final class SequenceCommand {

    private static final String PATH = "/api/sequences";

    /** {@code khoka sequence list}. */
    @Command(
            name = "list",
            description = "List what was accepted or sent last, and what comes next; -1 is whatever comes.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  khoka sequence list config/relay"})
    static final class Listing implements Callable<Integer> {

        @Mixin
        private AdminOptions options = new AdminOptions();

        @Override
        public Integer call() {
            JsonNode answer = options.client().get(PATH, Map.of());
            if (options.printedAsJson(answer)) {
                return 0;
            }
            Table table = new Table("SIDE", "NAME", "SENDER", "NUMBER", "NEXT", "STATUS", "DELIVERY", "CHANGED");
            for (JsonNode each : answer.path("sequences")) {
                table.add(
                        Listings.text(each, "side"),
                        Listings.text(each, "name"),
                        Listings.text(each, "sender"),
                        Listings.text(each, "number"),
                        Listings.text(each, "next"),
                        Listings.text(each, "status"),
                        Listings.text(each, "deliveryId"),
                        Listings.text(each, "changedAt"));
            }
            table.print(options.out());
            if (table.size() == 0) {
                options.out().println("none found");
            }
            return 0;
        }
    }

    /** Whose numbers: one of the two. */
    static final class Whose {
        @Option(
                names = "--destination",
                required = true,
                paramLabel = "NAME",
                description = "The destination whose messages are numbered.")
        private @Nullable String destination;

        @Option(
                names = "--listener",
                required = true,
                paramLabel = "NAME",
                description = "The listener that takes numbered messages.")
        private @Nullable String listener;
    }

    /** {@code khoka sequence set}. */
    @Command(
            name = "set",
            description = "Set the number that comes next. A destination's frozen lane goes on with"
                    + " 'khoka destinations resume'.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  khoka sequence set config/relay --destination lis --next 4711 --reason 'as agreed by telephone'",
                "  khoka sequence set config/relay --destination lis --resynchronise --reason 'LIS was restored'",
                "  khoka sequence set config/relay --listener ehr --sender 'EHR|QMMH' --next 1 --reason 'new EHR'"
            })
    static final class Set implements Callable<Integer> {

        @Mixin
        private AdminOptions options = new AdminOptions();

        @ArgGroup(multiplicity = "1")
        private Whose whose = new Whose();

        @Option(
                names = "--sender",
                paramLabel = "APPLICATION|FACILITY",
                description = "MSH-3 and MSH-4 of the sender, where the listener numbers by sender.")
        private @Nullable String sender;

        @Option(names = "--next", paramLabel = "N", description = "The number that comes next, from 1.")
        private @Nullable Long next;

        @Option(
                names = "--resynchronise",
                description = "Tell the destination's partner with -1 to adopt it; a listener adopts whatever comes.")
        private boolean resynchronise;

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why. It is logged.")
        private String reason = "";

        @Override
        public Integer call() {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("reason", reason);
            put(body, "destination", whose.destination);
            put(body, "listener", whose.listener);
            put(body, "sender", sender);
            put(body, "next", next);
            put(body, "resynchronise", resynchronise ? Boolean.TRUE : null);
            JsonNode after = options.client().post(PATH, body);
            if (!options.printedAsJson(after)) {
                options.out()
                        .println(
                                Listings.text(after, "side") + ' ' + Listings.text(after, "name") + ": " + done(after));
            }
            return 0;
        }

        private String done(JsonNode after) {
            if (!resynchronise) {
                return "next is " + Listings.text(after, "next");
            }
            return whose.destination == null
                    ? "adopts the number that comes next"
                    : "tells its partner with -1 to adopt the number of the message that follows";
        }
    }

    /** {@code khoka sequence remove}. */
    @Command(
            name = "remove",
            description = "Forget the numbers of a sender that is gone, or of a destination that is configured no more."
                    + " Should it come back, the number that it begins with is adopted.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Example:",
                "  khoka sequence remove config/relay --listener ehr --sender 'EHR|QMMH' --reason 'replaced'"
            })
    static final class Remove implements Callable<Integer> {

        @Mixin
        private AdminOptions options = new AdminOptions();

        @ArgGroup(multiplicity = "1")
        private Whose whose = new Whose();

        @Option(
                names = "--sender",
                paramLabel = "APPLICATION|FACILITY",
                description = "MSH-3 and MSH-4 of the sender, where the listener numbers by sender.")
        private @Nullable String sender;

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why. It is logged.")
        private String reason = "";

        @Override
        public Integer call() {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("reason", reason);
            put(body, "destination", whose.destination);
            put(body, "listener", whose.listener);
            put(body, "sender", sender);
            JsonNode removed = options.client().post(PATH + "/remove", body);
            if (!options.printedAsJson(removed)) {
                options.out()
                        .println(Listings.text(removed, "side") + ' ' + Listings.text(removed, "name")
                                + ": forgotten; the last number was " + Listings.text(removed, "number"));
            }
            return 0;
        }
    }

    private static void put(Map<String, Object> body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value);
        }
    }
}
