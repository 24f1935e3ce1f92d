package org.khokahano.file;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.khokahano.accept.Intake;
import org.khokahano.accept.Listener;
import org.khokahano.event.EngineEvents;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the files of a directory, in order, on a thread of its own. A file leaves the directory for
 * good only when each of its messages is durable or refused; a crash before that reads it again, and
 * the duplicate window recognises what was taken (R57).
 */
public final class DirectoryListener implements Listener {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryListener.class);
    private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(2);
    private static final long CLOSING_TAKES_MILLIS = 2_000;
    private static final String FULL = "the store takes nothing";

    private final DirectoryListenerSettings settings;
    private final Intake intake;
    private final EngineEvents events;
    private final Handover handover;
    private final FilePlaces places;
    private final DirectoryScan scan;
    private final Thread thread;
    private final CountDownLatch began = new CountDownLatch(1);
    private volatile boolean stopping;
    private volatile boolean busy;
    private volatile String problem = "not started";
    private @Nullable Progress progress;
    private boolean handedOver;

    /** @param executor where messages are handed over; the reading itself is never done there */
    public DirectoryListener(
            DirectoryListenerSettings settings,
            Intake intake,
            SerialExecutor executor,
            EngineEvents events,
            EngineClock clock) {
        this.settings = settings;
        this.intake = intake;
        this.events = events;
        this.handover = new Handover(intake, executor, clock, settings.maxMessageBytes(), () -> stopping);
        this.places = new FilePlaces(settings);
        this.scan = new DirectoryScan(settings, clock);
        this.thread = new Thread(this::run, "files-" + intake.listener());
        thread.setDaemon(true);
    }

    @Override
    public String name() {
        return intake.listener();
    }

    @Override
    public void start() {
        thread.start();
        try {
            if (!began.await(CLOSING_TAKES_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("listener {}: its directory does not answer yet", name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        stopping = true;
    }

    @Override
    public void close() {
        stop();
        try {
            thread.join(CLOSING_TAKES_MILLIS);
            thread.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Files come by no address. */
    @Override
    public @Nullable InetSocketAddress address() {
        return null;
    }

    @Override
    public String problem() {
        return problem;
    }

    /** 1 while a file is being read. */
    @Override
    public int connectionCount() {
        return busy ? 1 : 0;
    }

    private void run() {
        try {
            while (!stopping) {
                Duration pause = round();
                began.countDown();
                handover.pause(pause);
            }
        } catch (InterruptedException e) {
            LOG.debug("listener {} was interrupted", name());
        } finally {
            busy = false;
            problem = "stopped";
            try {
                places.close();
            } catch (IOException e) {
                LOG.debug("listener {}: its lock could not be closed", name());
            }
        }
    }

    /** Reads what is ready; returns how long to wait before the next look. */
    private Duration round() throws InterruptedException {
        try {
            places.open();
            solved();
            boolean any = leftOver();
            for (DirectoryScan.Found found : scan.ready()) {
                Path file = stopping ? null : places.claim(found);
                if (file == null) {
                    // Whatever changed, the order is looked at anew.
                    break;
                }
                read(file);
                any = true;
            }
            return any ? Duration.ZERO : settings.poll();
        } catch (IOException e) {
            stand(DurableFiles.problem(e));
            return TRY_AGAIN_AFTER;
        } catch (RuntimeException e) {
            // Its text may name a file.
            stand("a fault of the engine: " + e.getClass().getSimpleName());
            return TRY_AGAIN_AFTER;
        } finally {
            busy = false;
        }
    }

    private boolean leftOver() throws IOException, InterruptedException {
        Path file = places.leftOver();
        if (file == null) {
            progress = null;
            return false;
        }
        read(file);
        return true;
    }

    /** Throws where the file could not be read or moved; it stays claimed then, and is tried again. */
    private void read(Path file) throws IOException, InterruptedException {
        busy = true;
        Progress read = progress;
        if (read == null) {
            read = places.resume(file);
            progress = read;
            handedOver = false;
        }
        if (!handedOver && !handOver(file, read)) {
            if (read.messages() > 0) {
                places.keep(file, read);
            }
            return;
        }
        handedOver = true;
        if (read.hasReasons()) {
            places.failed(file, read.report());
            LOG.warn("listener {}: a file went to {}, its reason is beside it", name(), settings.failed());
        } else {
            places.processed(file);
        }
        progress = null;
        handedOver = false;
        solved();
    }

    /** Whether the end was reached; false where the engine stops. */
    private boolean handOver(Path file, Progress read) throws IOException, InterruptedException {
        DirectoryScan.State before = DirectoryScan.State.of(file);
        String remote = "file:" + file.getFileName();
        long strayLines = 0;
        try (InputStream in = open(file)) {
            if (settings.whole()) {
                if (before.size() > 0 && !handOverWhole(in, remote, read)) {
                    return false;
                }
            } else {
                MessageSplitter splitter = new MessageSplitter(in, settings.maxMessageBytes(), settings.keepLineEnds());
                if (!handOverMessages(splitter, in instanceof Utf16File, remote, read)) {
                    return false;
                }
                strayLines = splitter.strayLines();
                warnOfCounts(splitter.brokenCounts());
            }
            judge(before, DirectoryScan.State.of(file), strayLines, read);
        } catch (AccessDeniedException e) {
            wrong(read, "fileUnreadable", "the engine's user may not read it");
        } catch (CharacterCodingException e) {
            wrong(read, "brokenUtf16", "it is UTF-16 with half a character; it may be cut off");
        }
        return true;
    }

    private InputStream open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return settings.utf16() && !settings.whole() ? Utf16File.over(in) : in;
    }

    private boolean handOverMessages(MessageSplitter splitter, boolean wasUtf16, String remote, Progress read)
            throws IOException, InterruptedException {
        long number = 0;
        for (FileMessage message = splitter.next(); message != null; message = splitter.next()) {
            if (++number <= read.messages()) {
                continue;
            }
            FileMessage given = wasUtf16 ? Utf16File.labelled(message) : message;
            Handover.Result result = handover.give(given, remote, this::waiting);
            if (result instanceof Handover.Result.Stopped) {
                return false;
            } else if (result instanceof Handover.Result.Refused refused) {
                read.refused(refused.reason());
            } else {
                read.taken();
            }
        }
        return true;
    }

    /** One input of all bytes; a file of which only some records were stored is offered again whole. */
    private boolean handOverWhole(InputStream in, String remote, Progress read)
            throws IOException, InterruptedException {
        byte[] bytes = in.readNBytes(settings.maxMessageBytes());
        FileMessage input = new FileMessage(bytes, in.read() >= 0);
        Handover.Result result = handover.give(input, remote, this::waiting);
        if (result instanceof Handover.Result.Taken taken) {
            records(taken.records(), read);
        } else if (result instanceof Handover.Result.Refused refused) {
            records(refused.records(), read);
            if (refused.records().isEmpty()) {
                read.wrong(refused.reason());
            }
        }
        return !(result instanceof Handover.Result.Stopped);
    }

    private static void records(SortedMap<Integer, String> records, Progress read) {
        records.forEach((number, problem) -> {
            if (problem.isEmpty()) {
                read.taken();
            } else {
                read.refused(number, problem);
            }
        });
    }

    private void waiting(boolean full) {
        if (full) {
            stand(FULL);
        } else {
            solved();
        }
    }

    /** Its messages are taken all the same: that one is missing is for people to find out. */
    private void warnOfCounts(List<String> broken) {
        for (String count : broken) {
            events.warned(name(), "brokenBatch");
            LOG.warn("listener {}: a file's {}", name(), count);
        }
    }

    private void judge(DirectoryScan.State before, DirectoryScan.State after, long strayLines, Progress read) {
        if (!before.equals(after)) {
            wrong(read, "fileChanged", "it was still being written while it was read; raise 'settle'");
        } else if (before.size() == 0) {
            wrong(read, "fileEmpty", "it is empty");
        } else if (read.messages() == 0 && !settings.whole()) {
            wrong(
                    read,
                    "fileWithoutMessage",
                    "there is no message in it: no line begins with MSH; where it is UTF-16, set accept.utf16");
        } else if (strayLines > 0) {
            wrong(
                    read,
                    "strayLines",
                    strayLines == 1
                            ? "1 line of it belongs to no message"
                            : strayLines + " lines of it belong to no message");
        }
    }

    private void wrong(Progress read, String code, String reason) {
        events.requestRefused(name(), code);
        read.wrong(reason);
    }

    private void stand(String what) {
        String told = "cannot go on in " + settings.path() + ": " + what;
        if (!told.equals(problem)) {
            problem = told;
            LOG.error("listener {} {}; it is tried again", name(), told);
        }
    }

    private void solved() {
        if (!problem.isEmpty()) {
            problem = "";
            LOG.info("listener {} reads {}", name(), settings.path());
        }
    }
}
