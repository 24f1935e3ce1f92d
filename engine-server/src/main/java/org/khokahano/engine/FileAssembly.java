package org.khokahano.engine;

import java.time.Duration;
import org.khokahano.accept.Intake;
import org.khokahano.accept.Listener;
import org.khokahano.config.DirectoryDestinationConfig;
import org.khokahano.config.DirectoryListenerConfig;
import org.khokahano.config.FileOrderBy;
import org.khokahano.config.LineEndsOf;
import org.khokahano.event.EngineEvents;
import org.khokahano.file.DirectoryListener;
import org.khokahano.file.DirectoryListenerSettings;
import org.khokahano.file.DirectorySender;
import org.khokahano.file.DirectorySenderSettings;
import org.khokahano.file.FileName;
import org.khokahano.file.FileOrder;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.mllp.EventLoops;
import org.khokahano.send.Sender;

/** Builds listeners and senders over directories from what the configuration says. */
final class FileAssembly {

    /** A message is one array; what is configured beyond this could not be held anyway. */
    private static final long MAX_MESSAGE_BYTES = 1L << 30;

    private final EventLoops loops;
    private final EngineEvents events;
    private final EngineClock clock;

    FileAssembly(EventLoops loops, EngineEvents events, EngineClock clock) {
        this.loops = loops;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A listener of a directory.
     *
     * @param whole whether a format reads the files, which are handed over as they are then
     * @param utf16 whether files in UTF-16 are read too
     */
    Listener listener(DirectoryListenerConfig directory, boolean whole, boolean utf16, Intake intake) {
        DirectoryListenerSettings settings = new DirectoryListenerSettings(
                directory.path(),
                directory.create(),
                directory.pattern(),
                directory.order() == FileOrderBy.NAME ? FileOrder.NAME : FileOrder.TIME,
                directory.settle().orElse(Duration.ZERO),
                directory.poll(),
                directory.processedPath(),
                directory.failedPath(),
                directory.delete(),
                (int) Math.min(directory.maxMessageBytes(), MAX_MESSAGE_BYTES),
                whole,
                directory.lineEnds() == LineEndsOf.KEEP,
                utf16);
        return new DirectoryListener(settings, intake, loops.nextExecutor(), events, clock);
    }

    /** The sender of one lane. */
    Sender sender(String destination, DirectoryDestinationConfig directory, SerialExecutor executor) {
        DirectorySenderSettings settings =
                new DirectorySenderSettings(directory.path(), new FileName(directory.name()), directory.timeout());
        return new DirectorySender(destination, settings, executor);
    }
}
