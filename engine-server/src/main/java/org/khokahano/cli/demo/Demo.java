package org.khokahano.cli.demo;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.value.HostPort;
import org.khokahano.config.yaml.Environment;
import org.khokahano.engine.AdminAssembly;
import org.khokahano.engine.Engine;
import org.khokahano.engine.EngineAssembly;
import org.khokahano.event.EventFanout;
import org.khokahano.explain.StoredTraces;
import org.khokahano.lane.Destination;
import org.khokahano.revision.RevisionArchive;

/** The hub, who sends to it, who receives from it, and the story that they tell together. */
public final class Demo {
    private static final long STATUS_EVERY_SECONDS = 3;
    private static final long STORY_SECONDS = 36;
    private static final long DOWN_AT_SECOND = 9;
    private static final long UP_AT_SECOND = 18;
    private static final long BUSY_AT_SECOND = 24;
    private static final long FREE_AT_SECOND = 30;
    private static final Duration HOSPITAL_PAUSE = Duration.ofMillis(250);
    private static final Duration CLINIC_PAUSE = Duration.ofMillis(400);
    private static final Duration LABORATORY_PAUSE = Duration.ofMillis(500);
    private static final Duration SERVICES_PAUSE = Duration.ofSeconds(1);
    private static final Duration ANALYSER_PAUSE = Duration.ofSeconds(3);

    private final EngineConfig config;
    private final DemoPorts ports;
    private final Path data;
    private final PrintWriter out;
    private final DemoScreen screen;
    private final DemoCounts counts = new DemoCounts();
    private final CountDownLatch stop = new CountDownLatch(1);

    /** @param config the hub, read with the environment of the ports */
    public Demo(EngineConfig config, DemoPorts ports, Path data, PrintWriter out) {
        this.config = config;
        this.ports = ports;
        this.data = data;
        this.out = out;
        this.screen = new DemoScreen(out);
    }

    /** Where in the data's directory the analyser drops its files. */
    public static Path analyserFiles(Path data) {
        return data.resolve("analyser");
    }

    /** Asks the demo to end, and returns at once. */
    public void stop() {
        stop.countDown();
    }

    /**
     * Runs until {@link #stop()} or for so long.
     *
     * @param configuration where the configuration was read from, to be shown
     * @return how many deliveries reached their partner
     * @throws org.khokahano.store.StoreException if the store cannot be opened
     */
    public long run(Path configuration, Duration longest, boolean keepsData) throws InterruptedException {
        DemoCredentials credentials = DemoCredentials.of(config);
        try (DemoPartners partners = new DemoPartners(ports, credentials);
                AdminAssembly admin = AdminAssembly.begin(config, Optional.of(data))) {
            partners.open();
            Engine engine = EngineAssembly.assemble(
                    config, Optional.of(data), new EventFanout(List.of(admin.events(), counts)));
            StoredTraces traces = new StoredTraces(engine, new RevisionArchive(data), Environment.ofProcess());
            admin.attach(engine, null, traces);
            engine.start();
            screen.introduce(ports, configuration, data, credentials.clinics());
            List<DemoSender> senders = startSenders(credentials);
            try {
                tell(engine, partners, System.nanoTime() + longest.toNanos());
            } finally {
                senders.forEach(DemoSender::close);
                engine.stop();
            }
            screen.farewell(counts, queued(engine), data, keepsData);
            return counts.delivered();
        } finally {
            out.flush();
        }
    }

    /** Each in its own version of HL7 and with its own codes. */
    private List<DemoSender> startSenders(DemoCredentials credentials) {
        long now = System.currentTimeMillis();
        DemoMessages qmmh = new DemoMessages("QMMH", now);
        DemoMessages motebang = new DemoMessages("MOTEBANG", now);
        DemoMessages clinic = new DemoMessages("THUSONG", now);
        DemoResults laboratory = new DemoResults(now);
        List<DemoSender> senders = new ArrayList<>();
        senders.add(new DemoSender("qmmh", at("QMMH_PORT"), qmmh::ofHospital, HOSPITAL_PAUSE));
        senders.add(new DemoSender("motebang", at("MOTEBANG_PORT"), motebang::ofHospital, HOSPITAL_PAUSE));
        senders.add(new DemoSender("laboratory", at("NRL_PORT"), laboratory::next, LABORATORY_PAUSE));
        URI hub = URI.create("http://127.0.0.1:" + ports.of("CLINICS_PORT") + "/hl7");
        senders.add(new DemoSender(
                "clinic",
                () -> new HttpLine(hub, credentials.clinics(), DemoSender.TIMEOUT),
                clinic::ofClinic,
                CLINIC_PAUSE));
        DemoServices hospital = new DemoServices("QMMH", now);
        DemoServices nurses = new DemoServices("SELIBENG", now);
        senders.add(new DemoSender("services", at("QMMH_PORT"), hospital::ofHospital, SERVICES_PAUSE));
        senders.add(new DemoSender(
                "nurses",
                () -> new HttpLine(hub, credentials.clinics(), DemoSender.TIMEOUT),
                nurses::ofClinic,
                SERVICES_PAUSE));
        senders.add(new DemoSender(
                "analyser",
                () -> new DirectoryLine(analyserFiles(data)),
                new DemoServices("MOTEBANG", now)::ofAnalyser,
                ANALYSER_PAUSE));
        senders.forEach(DemoSender::start);
        return senders;
    }

    private DemoLine.Opening at(String port) {
        return () -> new MllpLine(new HostPort("127.0.0.1", ports.of(port)), DemoSender.TIMEOUT);
    }

    /** Second by second, until it is asked to end. */
    private void tell(Engine engine, DemoPartners partners, long endNanos) throws InterruptedException {
        boolean deadLetterTold = false;
        for (long second = 1; !stop.await(1, TimeUnit.SECONDS) && System.nanoTime() < endNanos; second++) {
            if (second % STORY_SECONDS == DOWN_AT_SECOND) {
                partners.laboratoryDown();
                screen.say("The laboratory's LIS goes down. Its queue grows; nobody else notices.");
            } else if (second % STORY_SECONDS == UP_AT_SECOND) {
                partners.laboratoryUp();
                screen.say("The laboratory's LIS is back. Its queue drains, in each patient's order.");
            }
            if (second % STORY_SECONDS == BUSY_AT_SECOND) {
                partners.ministryAvailable(false);
                screen.say(
                        "The ministry's gateway answers 503 to every request. Its reports wait, and are tried again.");
            } else if (second % STORY_SECONDS == FREE_AT_SECOND) {
                partners.ministryAvailable(true);
                screen.say("The ministry's gateway answers 204 again. Its queue drains with the next try.");
            }
            if (counts.deadLetters() > 0 && !deadLetterTold) {
                deadLetterTold = true;
                screen.say("The registry refused a merge (AE) again and again: the first dead letter. It waits for an"
                        + " operator, and its lane goes on.");
            }
            if (second % STATUS_EVERY_SECONDS == 0) {
                screen.status(counts, engine.destinations());
            }
        }
        screen.status(counts, engine.destinations());
        screen.say("Ending: nothing new is taken, what is queued is delivered where that is possible.");
    }

    private static long queued(Engine engine) {
        return engine.destinations().stream().mapToLong(Destination::depth).sum();
    }
}
