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

/** {@code khoka conformance}: what validation counted of senders. */
@Command(
        name = "conformance",
        description = "Tell which facilities send messages that do not follow the rules, and write to them.",
        mixinStandardHelpOptions = true,
        subcommands = {ConformanceCommand.Listing.class, ConformanceCommand.Letter.class})
final class ConformanceCommand {

    /** {@code khoka conformance list}. */
    @Command(
            name = "list",
            description = "List sending facilities with how much of what they send has findings, and what is found.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  khoka conformance list config/relay",
                "  khoka conformance list config/relay --facility QMMH --since 7d --json"
            })
    static final class Listing implements Callable<Integer> {

        @Mixin
        private AdminOptions options = new AdminOptions();

        @Option(names = "--facility", paramLabel = "NAME", description = "Only this facility (MSH-4), and day by day.")
        private @Nullable String facility;

        @Option(
                names = "--since",
                paramLabel = "TIME",
                defaultValue = "30d",
                description = "From the day of this time on: 30d, 2026-11-01. Default: ${DEFAULT-VALUE}.")
        private String since = "30d";

        @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many, up to 1000.")
        private int limit;

        @Override
        public Integer call() {
            Map<String, String> query = new LinkedHashMap<>();
            MessageFilter.put(query, "facility", facility);
            query.put("since", MessageFilter.time(since).toString());
            query.put("limit", Integer.toString(limit));
            JsonNode answer = options.client().get("/api/conformance", query);
            if (!options.printedAsJson(answer)) {
                ConformanceListing.print(answer, options.out());
            }
            return 0;
        }
    }

    /** {@code khoka conformance letter}. */
    @Command(
            name = "letter",
            description = "Write to a facility what to mend: what fails, how often, an example, and how. No content.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  khoka conformance letter config/relay QMMH",
                "  khoka conformance letter config/relay QMMH --since 90d --format html > qmmh.html"
            })
    static final class Letter implements Callable<Integer> {

        /** As the API calls them. */
        enum Format {
            text,
            html,
            markdown
        }

        @Mixin
        private AdminOptions options = new AdminOptions();

        @Parameters(index = "1", paramLabel = "FACILITY", description = "The facility as it calls itself in MSH-4.")
        private String facility = "";

        @Option(
                names = "--since",
                paramLabel = "TIME",
                defaultValue = "30d",
                description = "From the day of this time on: 30d, 2026-11-01. Default: ${DEFAULT-VALUE}.")
        private String since = "30d";

        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                defaultValue = "text",
                description = "text, html or markdown. Default: ${DEFAULT-VALUE}.")
        private Format format = Format.text;

        @Override
        public Integer call() {
            JsonNode answer = options.client()
                    .get(
                            "/api/conformance/letter",
                            Map.of(
                                    "facility",
                                    facility,
                                    "since",
                                    MessageFilter.time(since).toString(),
                                    "format",
                                    format.name()));
            if (!options.printedAsJson(answer)) {
                // Lines and all: whoever counted and wrote it has let nothing else through.
                options.out().print(answer.path("letter").asText());
                options.out().flush();
            }
            return 0;
        }
    }
}
