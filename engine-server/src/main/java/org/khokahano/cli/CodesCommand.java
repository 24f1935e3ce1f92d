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

/** {@code khoka codes}: the codes that code tables have no row for, and that deliveries wait for. */
@Command(
        name = "codes",
        description = "List and show the codes that deliveries wait for, since no code table has a row for them.",
        mixinStandardHelpOptions = true,
        subcommands = {CodesCommand.Listing.class, CodesCommand.Show.class})
final class CodesCommand {

    /** {@code khoka codes list}. */
    @Command(
            name = "list",
            description = "List the codes by sender, table and code; what most deliveries wait for comes first.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Add the rows to the table's file, then 'khoka apply': the deliveries are released by themselves.",
                "",
                "Examples:",
                "  khoka codes list config/relay",
                "  khoka codes list config/relay --table local-to-loinc --json"
            })
    static final class Listing implements Callable<Integer> {

        @Mixin
        private AdminOptions options = new AdminOptions();

        @Option(names = "--table", paramLabel = "NAME", description = "Only codes of this table.")
        private @Nullable String table;

        @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many, up to 1000.")
        private int limit;

        @Override
        public Integer call() {
            Map<String, String> query = new LinkedHashMap<>();
            query.put("limit", Integer.toString(limit));
            MessageFilter.put(query, "table", table);
            JsonNode codes = options.client().get("/api/codes", query);
            if (!options.printedAsJson(codes)) {
                CodeListing.codes(codes, options.out());
            }
            return 0;
        }
    }

    /** {@code khoka codes show}. */
    @Command(
            name = "show",
            description = "Show who sends a code, since when, and in which messages.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  khoka codes show config/relay local-to-loinc HB"})
    static final class Show implements Callable<Integer> {

        @Mixin
        private AdminOptions options = new AdminOptions();

        @Parameters(index = "1", paramLabel = "TABLE", description = "The code table's name.")
        private String table = "";

        @Parameters(index = "2", paramLabel = "CODE", description = "The code.")
        private String code = "";

        @Override
        public Integer call() {
            Map<String, String> query = Map.of("table", table, "code", code, "limit", "1000");
            JsonNode codes = options.client().get("/api/codes", query);
            if (!options.printedAsJson(codes)) {
                CodeListing.one(codes, options.out());
            }
            return 0;
        }
    }
}
