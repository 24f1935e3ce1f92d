package org.khokahano.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.khokahano.cli.terminal.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The commands that change a running engine's configuration. */
final class ConfigurationCommands {

    private ConfigurationCommands() {}

    /** {@code khoka plan}. */
    @Command(
            name = "plan",
            description = "Show what applying a configuration would change in the running engine. Changes nothing.",
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "%nExit codes%n",
            exitCodeList = {"0:it could be applied", "78:it would be refused"},
            footer = {"", "Example:", "  khoka plan config/relay"})
    static final class Plan implements Callable<Integer> {

        @Mixin
        private AdminOptions options = new AdminOptions();

        @Override
        public Integer call() {
            JsonNode outcome = options.client().get("/api/configuration/plan", Map.of("directory", options.place()));
            return print(options, outcome, "nothing would change");
        }
    }

    /** {@code khoka apply}. */
    @Command(
            name = "apply",
            description = "Change the running engine to what the directory holds now, whole or not at all.",
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "%nExit codes%n",
            exitCodeList = {"0:it is in force", "78:it was refused; the engine goes on as before"},
            footer = {"", "Examples:", "  khoka apply config/relay", "  khoka apply config/relay --revision 3"})
    static final class Apply implements Callable<Integer> {

        @Mixin
        private AdminOptions options = new AdminOptions();

        @Option(
                names = "--revision",
                paramLabel = "N",
                defaultValue = "0",
                description = "Change back to this revision instead. The directory is not changed, and a restart"
                        + " begins with it again.")
        private int revision;

        @Override
        public Integer call() {
            JsonNode outcome = options.client()
                    .post(
                            "/api/configuration/apply",
                            revision == 0 ? Map.of("directory", options.place()) : Map.of("revision", revision));
            return print(options, outcome, "nothing changes");
        }
    }

    /** {@code khoka revisions}. */
    @Command(
            name = "revisions",
            description = "List the configurations that the engine has run with, the latest first.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  khoka revisions config/relay"})
    static final class Revisions implements Callable<Integer> {

        @Mixin
        private AdminOptions options = new AdminOptions();

        @Override
        public Integer call() {
            JsonNode answer = options.client().get("/api/revisions", Map.of());
            if (!options.printedAsJson(answer)) {
                Table table = new Table("REVISION", "APPLIED", "BY", "FROM", "HASH");
                int current = answer.path("current").asInt();
                for (JsonNode each : answer.path("revisions")) {
                    int number = each.path("number").asInt();
                    table.add(
                            number + (number == current ? " (in force)" : ""),
                            each.path("at").asText(),
                            each.path("by").asText(),
                            each.path("from").asText(),
                            each.path("hash").asText().substring(0, 12));
                }
                table.print(options.out());
                answer.path("changing")
                        .forEach(each -> options.out()
                                .println("destination " + each.asText() + ": its old lanes end what is outstanding"));
            }
            return ExitCode.OK;
        }
    }

    private static int print(AdminOptions options, JsonNode outcome, String nothing) {
        boolean refused = outcome.path("refused").asBoolean();
        if (!options.printedAsJson(outcome)) {
            PrintWriter out = options.out();
            outcome.path("problems").forEach(problem -> out.println(problem.asText()));
            outcome.path("changes").forEach(change -> out.println("  " + change.asText()));
            if (!refused && outcome.path("changes").isEmpty()) {
                out.println("  " + nothing);
            }
            if (refused) {
                out.println("refused; revision " + outcome.path("revision").asInt() + " goes on");
            } else if (outcome.path("applied").asBoolean()) {
                out.println("revision " + outcome.path("revision").asInt() + " is in force ("
                        + outcome.path("tookMillis").asLong() + " ms)");
                outcome.path("changing")
                        .forEach(
                                each -> out.println(
                                        "  destination " + each.asText()
                                                + ": its old lanes end what is outstanding; 'khoka revisions' shows when that is done"));
            }
            out.flush();
        }
        return refused ? ExitCode.BAD_CONFIGURATION : ExitCode.OK;
    }
}
