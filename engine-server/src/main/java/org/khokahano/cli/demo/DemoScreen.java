package org.khokahano.cli.demo;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
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
        out.println("  who sends                             who receives");
        out.printf(
                "    QMMH, Maseru         MLLP %5d        client registry        %5d%n",
                ports.of("QMMH_PORT"), ports.of("REGISTRY_PORT"));
        out.printf(
                "    Motebang, Leribe     MLLP %5d        laboratory's LIS       %5d%n",
                ports.of("MOTEBANG_PORT"), ports.of("LIS_PORT"));
        out.printf(
                "    national laboratory  MLLP %5d        results to QMMH        %5d%n",
                ports.of("NRL_PORT"), ports.of("QMMH_RESULTS_PORT"));
        out.printf(
                "    private clinics      HTTP %5d        results to Motebang    %5d%n",
                ports.of("CLINICS_PORT"), ports.of("MOTEBANG_RESULTS_PORT"));
        out.printf("                                          ministry, over HTTP    %5d%n", ports.of("MINISTRY_PORT"));
        out.printf(
                "                                          HIV and TB programme   %5d%n", ports.of("PROGRAMME_PORT"));
        out.printf(
                "                                          district offices       %5d%n", ports.of("DISTRICTS_PORT"));
        out.printf("                                          clinics' portal        %5d%n", ports.of("PORTAL_PORT"));
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
