package org.khokahano.engine;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.khokahano.accept.ExchangeableIntake;
import org.khokahano.accept.Intake;
import org.khokahano.accept.Journey;
import org.khokahano.accept.RecordIntake;
import org.khokahano.ack.AckWriter;
import org.khokahano.answer.ApplicationAcks;
import org.khokahano.config.DestinationConfig;
import org.khokahano.config.DirectoryDestinationConfig;
import org.khokahano.config.DirectoryListenerConfig;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.HttpDestinationConfig;
import org.khokahano.config.HttpListenerConfig;
import org.khokahano.config.ListenerConfig;
import org.khokahano.config.MllpDestinationConfig;
import org.khokahano.event.EngineEvents;
import org.khokahano.format.CharacterSetFormat;
import org.khokahano.format.OutputFormat;
import org.khokahano.http.HttpSenderSettings;
import org.khokahano.lane.Destination;
import org.khokahano.lane.Lane;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.message.MessagePath;
import org.khokahano.mllp.EventLoops;
import org.khokahano.mllp.FrameBudget;
import org.khokahano.mllp.MllpListener;
import org.khokahano.mllp.MllpListenerSettings;
import org.khokahano.mllp.MllpSender;
import org.khokahano.mllp.MllpSenderSettings;
import org.khokahano.plan.RoutePlanner;
import org.khokahano.send.Sender;
import org.khokahano.store.fragment.FragmentStore;
import org.khokahano.store.sqlite.SqliteMessageStore;
import org.khokahano.tls.TlsReloader;

/** Makes the parts that a configuration names, for the start and for each change while the engine runs. */
final class EngineParts {

    private final SqliteMessageStore store;
    private final EngineEvents events;
    private final EngineClock clock;
    private final EventLoops loops;
    private final TlsReloader certificates;
    private final MllpAssembly mllpAssembly;
    private final HttpAssembly httpAssembly;
    private final FileAssembly fileAssembly;
    private final QueryAssembly queryAssembly;
    private final FrameBudget frameBudget;
    private final ApplicationAcks applicationAcks;

    EngineParts(
            SqliteMessageStore store,
            EngineEvents events,
            EngineClock clock,
            EventLoops loops,
            TlsReloader certificates,
            FrameBudget frameBudget) {
        this.store = store;
        this.events = events;
        this.clock = clock;
        this.loops = loops;
        this.certificates = certificates;
        this.frameBudget = frameBudget;
        this.applicationAcks = new ApplicationAcks(store, loops.nextExecutor(), events, clock);
        TlsAssembly tls = new TlsAssembly(certificates);
        this.mllpAssembly = new MllpAssembly(tls);
        this.fileAssembly = new FileAssembly(loops, events, clock);
        this.httpAssembly = new HttpAssembly(loops, tls, events, clock);
        this.queryAssembly = new QueryAssembly(mllpAssembly, httpAssembly, loops, events, clock);
    }

    /** A destination with its lanes, which are not started yet. */
    Destination destination(String name, DestinationConfig destination, FormatAssembly formats) {
        int count = destination.order().lanes();
        Function<SerialExecutor, Sender> senders =
                SequenceAssembly.numbering(name, destination, senders(name, destination, formats), store, clock);
        List<Lane> lanes = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            SerialExecutor executor = loops.nextExecutor();
            lanes.add(new Lane(
                    LaneAssembly.settings(name, number, FlowAssembly.window(destination), destination),
                    executor,
                    // Asked for first: what is cut into fragments is what goes out.
                    AwaitAssembly.asking(
                            destination, FlowAssembly.sender(destination, senders.apply(executor), executor)),
                    store,
                    events,
                    clock));
        }
        return new Destination(
                name,
                destination.order().key().map(MessagePath::parse).orElse(null),
                format(destination, formats),
                lanes);
    }

    /** How a destination's messages are written; null for HL7 as it is. */
    static @Nullable OutputFormat format(DestinationConfig destination, FormatAssembly formats) {
        Optional<OutputFormat> format = destination.format().map(formats::output);
        return format.or(() -> destination.characterSet().map(CharacterSetFormat::new))
                .orElse(null);
    }

    /** Makes a sender for each lane; what the lanes share, certificates above all, is made once. */
    private Function<SerialExecutor, Sender> senders(
            String name, DestinationConfig destination, FormatAssembly formats) {
        if (destination.transport() instanceof HttpDestinationConfig http) {
            HttpSenderSettings settings = httpAssembly.sender(
                    "destination " + name,
                    http,
                    destination.format().map(formats::output).orElse(null));
            return executor -> httpAssembly.sender(name, settings, executor);
        }
        if (destination.transport() instanceof DirectoryDestinationConfig directory) {
            return executor -> fileAssembly.sender(name, directory, executor);
        }
        MllpSenderSettings settings =
                mllpAssembly.sender("destination " + name, (MllpDestinationConfig) destination.transport());
        ApplicationAcks acks = destination.applicationAck().isPresent() ? applicationAcks : null;
        return executor -> new MllpSender(name, settings, loops, executor, events, clock, acks);
    }

    /** What deliveries wait for after they were accepted. */
    ApplicationAcks applicationAcks() {
        return applicationAcks;
    }

    /** Parts of messages that come in several. */
    FragmentStore fragments() {
        return store.fragments();
    }

    /** Where messages go by a configuration. */
    RoutePlanner planner(EngineConfig config, Map<String, Destination> destinations, ValidationAssembly validation) {
        return RouteAssembly.routes(config, destinations, validation, events);
    }

    /** What a listener's input goes to by a configuration: a partner, or the journey into the store. */
    Intake intake(
            int revision,
            String name,
            EngineConfig config,
            ValidationAssembly validation,
            RoutePlanner planner,
            FormatAssembly formats) {
        ListenerConfig listener = Objects.requireNonNull(config.listeners().get(name));
        return listener.reply()
                .map(reply -> FlowAssembly.utf16(listener, queryAssembly.intake(name, config, reply, validation)))
                .orElseGet(() -> intake(
                        listener,
                        journey(revision, name, listener, config, validation, planner),
                        formats,
                        store.fragments()));
    }

    /** How a listener's messages are taken by a configuration. */
    Journey journey(
            int revision,
            String name,
            ListenerConfig listener,
            EngineConfig config,
            ValidationAssembly validation,
            RoutePlanner planner) {
        // UTC: a duplicate's acknowledgement stays the same when the machine's time zone changes (R57).
        AckWriter ackWriter = new AckWriter(ZoneOffset.UTC);
        return new Journey(
                AcceptAssembly.policy(name, listener, config.destinations()),
                validation.policy(listener.validate()),
                revision,
                planner,
                store,
                applicationAcks,
                ackWriter,
                events,
                clock);
    }

    /** What a listener's input goes to: the journey, past its format where it has one. */
    static Intake intake(ListenerConfig listener, Journey journey, FormatAssembly formats, FragmentStore fragments) {
        return listener.format()
                .<Intake>map(format -> new RecordIntake(journey, formats.input(format)))
                .orElseGet(() -> FlowAssembly.intake(listener, journey, fragments));
    }

    /** A listener, which is not started yet. */
    OpenListener listener(String name, ListenerConfig listener, Intake first) {
        ExchangeableIntake intake = new ExchangeableIntake(first);
        if (listener.transport() instanceof HttpListenerConfig) {
            return new OpenListener(listener, intake, httpAssembly.listener(name, listener, intake));
        }
        if (listener.transport() instanceof DirectoryListenerConfig directory) {
            boolean whole = listener.format().isPresent();
            return new OpenListener(
                    listener,
                    intake,
                    fileAssembly.listener(directory, whole, listener.accept().utf16(), intake));
        }
        MllpListenerSettings settings = mllpAssembly.listener(name, listener);
        return new OpenListener(
                listener, intake, new MllpListener(settings, frameBudget, intake, loops, events, clock));
    }

    /** The certificates that are watched. */
    TlsReloader certificates() {
        return certificates;
    }
}
