package org.khokahano.cli.demo;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import org.khokahano.lane.Destination;

/** What the demo says, in words and in figures. */
final class DemoScreen {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final int TITLE_EVERY = 12;

    private final PrintWriter out;
    private int lines;

    DemoScreen(PrintWriter out) {
        this.out = out;
    }

    void introduce(DemoPorts ports, Path configuration, Path data) {
        out.println("A national hub, with invented patients. Ctrl-C ends it.");
        out.println();
        out.println("  who sends                             who receives");
        out.printf(
                "    QMMH, Maseru         MLLP %5d        client registry        %5d%n",
                ports.of("QMMH_PORT"), ports.of("REGISTRY_PORT"));
        out.printf(
                "    Motebang, Leribe     MLLP %5d        laboratory's LIS       %5d%n",
                ports.of("MOTEBANG_PORT"), ports.of("LIS_PORT"));
        out.printf(
                "    national laboratory  MLLP %5d        ministry's reporting   %5d%n",
                ports.of("NRL_PORT"), ports.of("MINISTRY_PORT"));
        out.printf(
                "                                          results to QMMH        %5d%n",
                ports.of("QMMH_RESULTS_PORT"));
        out.printf(
                "                                          results to Motebang    %5d%n",
                ports.of("MOTEBANG_RESULTS_PORT"));
        if (ports.moved()) {
            out.println("  Some standard ports are taken on this machine; these are free ones.");
        }
        out.println();
        out.println("  look at");
        out.println("    configuration   " + configuration);
        out.println("    data, log       " + data);
        out.println("    metrics         http://127.0.0.1:" + ports.of("HUB_ADMIN_PORT") + "/metrics");
        out.println("    health          http://127.0.0.1:" + ports.of("HUB_ADMIN_PORT") + "/health/ready");
        out.println("    the store       khoka store info " + data);
        out.println("    send your own   khoka send 127.0.0.1:" + ports.of("QMMH_PORT") + " FILE");
        out.println();
        out.println("  what will happen");
        out.println("    Each message is on disk before its sender gets an answer. Then it goes to each of its");
        out.println("    destinations, in order for each patient.");
        out.println("    The laboratory's LIS goes down now and then: its queue grows, the others go on, and when");
        out.println("    it is back the queue drains.");
        out.println("    The registry refuses to merge patients (ADT^A40, answer AE): after some tries such a");
        out.println("    message is set aside as a dead letter, and the next one goes on.");
        out.println();
        out.flush();
    }

    void say(String text) {
        out.println(LocalTime.now().format(TIME) + "  * " + text);
        out.flush();
    }

    void status(DemoCounts counts, Collection<Destination> destinations) {
        if (lines++ % TITLE_EVERY == 0) {
            out.printf(
                    "%-8s  %8s  %9s  %6s  %4s    queued for each destination%n",
                    "time", "received", "delivered", "queued", "dead");
        }
        StringBuilder queues = new StringBuilder();
        long queued = 0;
        for (Destination destination : destinations) {
            queued += destination.depth();
            queues.append(String.format(Locale.ROOT, "%s %-4d  ", destination.name(), destination.depth()));
        }
        out.printf(
                "%s  %8d  %9d  %6d  %4d    %s%n",
                LocalTime.now().format(TIME),
                counts.received(),
                counts.delivered(),
                queued,
                counts.deadLetters(),
                queues.toString().strip());
        out.flush();
    }

    void farewell(DemoCounts counts, long queued, Path data, boolean kept) {
        out.println();
        out.println("Ended in order: " + counts.received() + " received, " + counts.delivered() + " delivered, "
                + counts.deadLetters() + " dead letters, " + queued + " still queued.");
        if (kept) {
            out.println("Everything is in " + data + ": khoka store info " + data);
        }
        out.flush();
    }
}
