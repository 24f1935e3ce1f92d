package org.khokahano.cli.demo;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.khokahano.config.BasicConfig;
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

    void introduce(DemoPorts ports, Path configuration, Path data, BasicConfig clinics) {
        String admin = "http://127.0.0.1:" + ports.of("HUB_ADMIN_PORT");
        String asked = configuration + " --data " + data + " --admin " + admin;
        out.println("A national hub, with invented patients. Ctrl-C ends it.");
        out.println();
        List<String> receivers = receivers(ports);
        List<String> senders = senders(ports);
        out.println(row("who sends", "who receives"));
        for (int line = 0; line < receivers.size(); line++) {
            out.println("  " + row(line < senders.size() ? senders.get(line) : "", receivers.get(line)));
        }
        out.println("    Motebang's analyser drops CSV files into " + Demo.analyserFiles(data));
        if (ports.moved()) {
            out.println("  Some standard ports are taken on this machine; these are free ones.");
        }
        out.println();
        out.println("  look at");
        out.println("    configuration   " + configuration);
        out.println("    data, log       " + data);
        out.println("    metrics         " + admin + "/metrics");
        out.println("    health          " + admin + "/health/ready");
        out.println("    the store       ./khoka store info " + data);
        out.println("    send your own   ./khoka send 127.0.0.1:" + ports.of("QMMH_PORT") + " docs/admission.hl7");
        out.println("    or by HTTP      curl --user " + clinics.user() + ":"
                + clinics.password().value() + " --data-binary @docs/admission.hl7"
                + " -H 'Content-Type: application/hl7-v2' http://127.0.0.1:" + ports.of("CLINICS_PORT") + "/hl7");
        out.println();
        out.println("  ask the running engine, from the same directory in another terminal");
        out.println("    ./khoka destinations list " + asked);
        out.println("    ./khoka messages search " + asked);
        out.println("    ./khoka dead-letters list " + asked);
        out.println();
        out.println("  what will happen");
        out.println("    Each message is on disk before its sender gets an answer. Then it goes to each of its");
        out.println("    destinations, in order for each patient.");
        out.println(
                "    Motebang speaks HL7 2.3 and its own codes: registry and laboratory get 2.5.1 and LOINC, and it");
        out.println("    gets its results back in 2.3. Viral loads go to the national programme without names, and");
        out.println(
                "    tuberculosis that was found to the district. Now and then the laboratory sends a code that no");
        out.println("    table has, or a result for a facility that nobody knows: those are held.");
        out.println("    The laboratory's LIS goes down now and then: its queue grows, the others go on, and when");
        out.println("    it is back the queue drains.");
        out.println("    Later the ministry's gateway answers 503 for some seconds: its reports wait as well.");
        out.println("    The registry refuses to merge patients (ADT^A40, answer AE): after some tries such a");
        out.println("    message is set aside as a dead letter, and the next one goes on.");
        out.println();
        out.flush();
    }

    private static String row(String left, String right) {
        return String.format(Locale.ROOT, "  %-38s%s", left, right).stripTrailing();
    }

    private static List<String> senders(DemoPorts ports) {
        return List.of(
                line("QMMH, Maseru         MLLP", ports, "QMMH_PORT"),
                line("Motebang, Leribe     MLLP", ports, "MOTEBANG_PORT"),
                line("national laboratory  MLLP", ports, "NRL_PORT"),
                line("private clinics      HTTP", ports, "CLINICS_PORT"),
                line("patient queries      MLLP", ports, "QUERIES_PORT"));
    }

    private static List<String> receivers(DemoPorts ports) {
        return List.of(
                line("client registry       ", ports, "REGISTRY_PORT"),
                line("laboratory's LIS      ", ports, "LIS_PORT"),
                line("results to QMMH       ", ports, "QMMH_RESULTS_PORT"),
                line("results to Motebang   ", ports, "MOTEBANG_RESULTS_PORT"),
                line("ministry, over HTTP   ", ports, "MINISTRY_PORT"),
                line("HIV and TB programme  ", ports, "PROGRAMME_PORT"),
                line("district offices      ", ports, "DISTRICTS_PORT"),
                line("clinics' portal       ", ports, "PORTAL_PORT"),
                line("immunisation registry ", ports, "IMMUNISATION_PORT"),
                line("referrals to QMMH     ", ports, "QMMH_REFERRALS_PORT"),
                line("medical stores        ", ports, "STORES_PORT"));
    }

    private static String line(String who, DemoPorts ports, String port) {
        return String.format(Locale.ROOT, "%s %5d", who, ports.of(port));
    }

    void say(String text) {
        out.println(LocalTime.now().format(TIME) + "  * " + text);
        out.flush();
    }

    void status(DemoCounts counts, Collection<Destination> destinations) {
        if (lines++ % TITLE_EVERY == 0) {
            out.printf(
                    "%-8s  %8s  %9s  %6s  %4s    what waits, and for whom%n",
                    "time", "received", "delivered", "queued", "dead");
        }
        StringBuilder queues = new StringBuilder();
        long queued = 0;
        for (Destination destination : destinations) {
            queued += destination.depth();
            if (destination.depth() > 0) {
                queues.append(String.format(Locale.ROOT, "%s %-4d  ", destination.name(), destination.depth()));
            }
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
            out.println("Everything is in " + data + ": ./khoka store info " + data);
        }
        out.flush();
    }
}
