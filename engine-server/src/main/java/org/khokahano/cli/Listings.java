package org.khokahano.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;

/** The admin API's answers as people read them. */
final class Listings {

    private Listings() {}

    static void messages(JsonNode page, PrintWriter out) {
        Table table = new Table("ID", "RECEIVED", "LISTENER", "TYPE", "CONTROL ID", "PATIENT", "BYTES", "DELIVERIES");
        for (JsonNode message : page.path("messages")) {
            table.add(
                    text(message, "id"),
                    text(message, "storedAt"),
                    text(message, "listener"),
                    text(message, "type"),
                    text(message, "controlId"),
                    text(message, "patientId"),
                    text(message, "size"),
                    deliveries(message));
        }
        table.print(out);
        if (!text(page, "scannedTo").isEmpty()) {
            out.println("The search took too long and came as far back as " + text(page, "scannedTo") + '.');
        }
        more(page, table.size(), "message", "--before", out);
    }

    private static String deliveries(JsonNode message) {
        List<String> parts = new ArrayList<>();
        message.path("deliveries").forEach(d -> parts.add(text(d, "destination") + ' ' + text(d, "state")));
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }

    /** What validation says of a message; nothing where its listener does not validate. */
    static void findings(JsonNode found, PrintWriter out) {
        String note = text(found, "note");
        if (!found.path("dropped").isEmpty()) {
            out.println();
            found.path("dropped").forEach(each -> out.println(printable(each.asText())));
        }
        if (!found.path("validated").asBoolean()) {
            return;
        }
        int more = found.path("more").asInt();
        out.println();
        out.println("findings by revision " + text(found, "validatedBy") + ": "
                + (found.path("findings").isEmpty() ? "none" : "")
                + (more > 0 ? "the gravest, and " + more + " more" : ""));
        if (!note.isEmpty()) {
            out.println("  " + note);
        }
        Table table = new Table("", "SEVERITY", "PLACE", "RULE", "LAYER", "BY", "WHAT");
        for (JsonNode each : found.path("findings")) {
            table.add(
                    " ",
                    text(each, "severity"),
                    text(each, "place"),
                    text(each, "rule"),
                    text(each, "layer"),
                    text(each, "stage") + " " + text(each, "name"),
                    text(each, "sentence"));
        }
        if (table.size() > 0) {
            table.print(out);
        }
    }

    static void message(JsonNode detail, PrintWriter out) {
        JsonNode message = detail.path("message");
        fields(message, out);
        if (!detail.path("bodyKept").asBoolean()) {
            out.println("The bytes have been removed by retention.");
        }
        for (JsonNode delivery : detail.path("deliveries")) {
            out.println();
            out.println("delivery " + text(delivery, "id") + " to " + text(delivery, "destination") + ": "
                    + text(delivery, "state") + (delivery.path("changed").asBoolean() ? ", changed by a mapping" : ""));
            Table table = new Table("", "ATTEMPT", "ENDED", "MS", "OUTCOME", "LEFT", "ANSWER", "DETAIL");
            for (JsonNode attempt : delivery.path("history")) {
                table.add(
                        " ",
                        attempt.path("attempt").asInt() == 0 ? "decision" : text(attempt, "attempt"),
                        text(attempt, "at"),
                        text(attempt, "tookMillis"),
                        text(attempt, "outcome"),
                        text(attempt, "state"),
                        attempt.path("answerBytes").asInt() == 0 ? "none" : text(attempt, "answerBytes") + " bytes",
                        text(attempt, "detail")
                                + (attempt.path("possibleDuplicate").asBoolean() ? " (possible duplicate)" : ""));
            }
            if (table.size() > 0) {
                table.print(out);
            }
        }
    }

    static void deadLetters(JsonNode page, PrintWriter out) {
        Table table = new Table(
                "DELIVERY", "MESSAGE", "DESTINATION", "SINCE", "TYPE", "PATIENT", "ATTEMPTS", "OUTCOME", "DETAIL");
        for (JsonNode delivery : page.path("deliveries")) {
            table.add(
                    text(delivery, "id"),
                    text(delivery, "messageId"),
                    text(delivery, "destination"),
                    text(delivery, "since"),
                    text(delivery, "type"),
                    text(delivery, "patientId"),
                    text(delivery, "attempts"),
                    text(delivery, "outcome"),
                    text(delivery, "detail"));
        }
        table.print(out);
        more(page, table.size(), "delivery", "--before", out);
    }

    static void causes(JsonNode page, PrintWriter out) {
        Table table = new Table("COUNT", "DESTINATION", "OUTCOME", "OLDEST", "NEWEST", "DETAIL");
        for (JsonNode cause : page.path("causes")) {
            table.add(
                    text(cause, "count"),
                    text(cause, "destination"),
                    text(cause, "outcome"),
                    text(cause, "oldestDeliveryId"),
                    text(cause, "newestDeliveryId"),
                    text(cause, "detail"));
        }
        table.print(out);
        if (!page.path("complete").asBoolean()) {
            out.println("There are more; only the newest were counted.");
        }
    }

    static void destinations(JsonNode answer, PrintWriter out) {
        Table table = new Table("DESTINATION", "LANE", "STATE", "DEPTH", "OLDEST RECEIVED", "NEXT TRY", "LAST TROUBLE");
        for (JsonNode destination : answer.path("destinations")) {
            for (JsonNode lane : destination.path("lanes")) {
                String trouble = text(lane, "reason");
                table.add(
                        text(destination, "name"),
                        text(lane, "lane"),
                        text(lane, "state"),
                        text(lane, "depth"),
                        text(lane, "oldestReceivedAt"),
                        text(lane, "nextTryAt"),
                        trouble.isEmpty() ? "none" : text(lane, "reasonAt") + ' ' + trouble);
            }
        }
        for (JsonNode removed : answer.path("notConfigured")) {
            table.add(
                    text(removed, "name"),
                    "none",
                    "NOT CONFIGURED",
                    text(removed, "queued"),
                    "",
                    "",
                    "waits in the store until the destination is in the configuration again");
        }
        table.print(out);
    }

    static void quarantine(JsonNode page, PrintWriter out) {
        Table table = new Table("ID", "RECEIVED", "LISTENER", "FROM", "BYTES", "REASON", "DETAIL");
        for (JsonNode input : page.path("inputs")) {
            table.add(
                    text(input, "id"),
                    text(input, "at"),
                    text(input, "listener"),
                    text(input, "remote"),
                    text(input, "size"),
                    text(input, "reason"),
                    text(input, "detail"));
        }
        table.print(out);
        more(page, table.size(), "input", "--before", out);
    }

    /** Names and values, one on each line; lists are left out. */
    static void fields(JsonNode object, PrintWriter out) {
        object.fields().forEachRemaining(field -> {
            if (field.getValue().isValueNode()) {
                out.println(field.getKey() + ": " + field.getValue().asText());
            }
        });
    }

    /** Content with a segment on each line, in the character set that the message declares. */
    static void body(byte[] bytes, PrintWriter out) {
        Charset characterSet = StandardCharsets.ISO_8859_1;
        try {
            characterSet = Message.read(bytes).characterSet();
        } catch (UnreadableMessageException e) {
            out.println("(no HL7 message)");
        }
        new String(bytes, characterSet).lines().map(Listings::printable).forEach(out::println);
    }

    /** A control character in content must not reach the terminal, which might obey it. */
    private static String printable(String line) {
        return line.replaceAll("\\p{Cc}", "\uFFFD");
    }

    private static void more(JsonNode page, int count, String thing, String option, PrintWriter out) {
        if (count == 0) {
            out.println("none found");
        } else if (page.path("next").asLong() != 0) {
            out.println("More with " + option + ' ' + page.path("next").asText() + " (the last " + thing + " shown).");
        }
    }

    static String text(JsonNode object, String name) {
        return printable(object.path(name).asText(""));
    }
}
