package org.khokahano.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** Prints the codes that deliveries wait for. */
final class CodeListing {

    private CodeListing() {}

    static void codes(JsonNode answer, PrintWriter out) {
        Table table = new Table(
                "TABLE",
                "CODE",
                "SYSTEM",
                "ROWS",
                "DELIVERIES",
                "LISTENER",
                "FACILITY",
                "SENDER",
                "FIRST",
                "LAST",
                "MESSAGE");
        for (JsonNode code : answer.path("codes")) {
            JsonNode example = code.path("examples").path(0);
            table.add(
                    Listings.text(code, "table"),
                    Listings.text(code, "code"),
                    Listings.text(code, "system"),
                    Listings.text(code, "rows"),
                    Listings.text(code, "deliveries"),
                    Listings.text(code, "listener"),
                    Listings.text(code, "facility"),
                    Listings.text(code, "sender"),
                    Listings.text(code, "firstAt"),
                    Listings.text(code, "lastAt"),
                    Listings.text(example, "messageId") + " at " + Listings.text(example, "place"));
        }
        table.print(out);
        if (table.size() == 0) {
            out.println("none found");
        }
        ending(answer, out);
    }

    static void one(JsonNode answer, PrintWriter out) {
        boolean first = true;
        for (JsonNode code : answer.path("codes")) {
            if (!first) {
                out.println();
            }
            first = false;
            Listings.fields(code, out);
            code.path("examples")
                    .forEach(example -> out.println("message " + Listings.text(example, "messageId") + ", delivery "
                            + Listings.text(example, "deliveryId") + ", at " + Listings.text(example, "place")));
        }
        if (first) {
            out.println("no delivery waits for this code");
        }
        ending(answer, out);
    }

    private static void ending(JsonNode answer, PrintWriter out) {
        if (!answer.path("complete").asBoolean()) {
            out.println("There are more: --limit shows more of them, --table those of one table.");
        }
        JsonNode release = answer.path("release");
        long done =
                release.path("released").asLong() + release.path("stillHeld").asLong();
        if (done > 0 || release.path("running").asBoolean()) {
            out.println("Revision " + Listings.text(release, "revision") + " released "
                    + Listings.text(release, "released") + " deliveries whose codes have rows now"
                    + (release.path("running").asBoolean() ? " so far" : "") + "; "
                    + Listings.text(release, "stillHeld") + " of them stay held for another reason.");
        }
    }
}
