package org.khokahano.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import org.khokahano.cli.terminal.Paint;

/** Prints what validation counted of senders. */
final class ConformanceListing {

    private ConformanceListing() {}

    static void print(JsonNode answer, PrintWriter out) {
        out.println("Messages validated from " + Listings.text(answer, "from") + " to " + Listings.text(answer, "until")
                + ", whole days (UTC):");
        Table sources = new Table(
                "FACILITY",
                "APPLICATION",
                "AT",
                "MESSAGES",
                "WITH FINDINGS",
                "%",
                "ERRORS",
                "WARNINGS",
                "REMARKS",
                "7 DAYS %",
                "BEFORE %",
                "TREND");
        for (JsonNode source : answer.path("sources")) {
            JsonNode whole = source.path("whole");
            sources.add(
                    shown(source, "facility"),
                    shown(source, "application"),
                    at(source),
                    Listings.text(whole, "messages"),
                    Listings.text(whole, "withFindings"),
                    Listings.text(whole, "percent"),
                    Listings.text(whole, "errors"),
                    Listings.text(whole, "warnings"),
                    Listings.text(whole, "informations"),
                    share(source.path("recent")),
                    share(source.path("before")),
                    Listings.text(source, "trend"));
        }
        if (sources.size() == 0) {
            out.println("none; only listeners and routes with 'validate' count");
            return;
        }
        sources.print(out);
        kinds(answer, out);
        days(answer, out);
        if (!answer.path("complete").asBoolean()) {
            out.println("There is more: --limit shows more of it, --facility that of one facility.");
        }
    }

    private static void kinds(JsonNode answer, PrintWriter out) {
        Table kinds = new Table(
                "FACILITY",
                "AT",
                "SEVERITY",
                "PLACE",
                "RULE",
                "LAYER",
                "MESSAGES",
                "7 DAYS",
                "BEFORE",
                "LATEST",
                "WHAT");
        for (JsonNode kind : answer.path("kinds")) {
            kinds.add(
                    shown(kind, "facility"),
                    at(kind),
                    Listings.text(kind, "severity"),
                    Listings.text(kind, "place"),
                    Listings.text(kind, "rule"),
                    Listings.text(kind, "layer"),
                    Listings.text(kind, "messages"),
                    Listings.text(kind, "recent"),
                    Listings.text(kind, "before"),
                    latest(kind),
                    Listings.text(kind, "sentence"));
        }
        if (kinds.size() > 0) {
            out.println();
            kinds.print(out);
        }
    }

    private static void days(JsonNode answer, PrintWriter out) {
        Table days = new Table("DAY", "APPLICATION", "AT", "MESSAGES", "WITH FINDINGS", "%");
        for (JsonNode day : answer.path("days")) {
            JsonNode count = day.path("count");
            days.add(
                    Listings.text(day, "day"),
                    shown(day, "application"),
                    at(day),
                    Listings.text(count, "messages"),
                    Listings.text(count, "withFindings"),
                    Listings.text(count, "percent"));
        }
        if (days.size() > 0) {
            out.println();
            days.print(out);
        }
    }

    private static String latest(JsonNode kind) {
        if (kind.path("latestId").asLong() == 0) {
            return "a query";
        }
        String where = kind.path("latestIsQuarantined").asBoolean() ? "quarantine " : "message ";
        return where + Listings.text(kind, "latestId");
    }

    /** Senders choose these names. */
    private static String shown(JsonNode node, String name) {
        String text = Listings.text(node, name);
        return text.isEmpty() ? "-" : Paint.shown(text);
    }

    private static String at(JsonNode node) {
        return Listings.text(node, "stage") + " " + Listings.text(node, "name");
    }

    private static String share(JsonNode week) {
        return week.path("messages").asLong() == 0 ? "-" : Listings.text(week, "percent");
    }
}
