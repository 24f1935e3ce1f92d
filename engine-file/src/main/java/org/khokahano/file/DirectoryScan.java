package org.khokahano.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.khokahano.loop.EngineClock;

/**
 * The files that are ready to be read, in their order. A file is ready once it has not changed for
 * a while; one that is not holds up those behind it, so that the order is kept.
 */
final class DirectoryScan {

    /** How many files are looked at closely in one go; those behind them have their turn later. */
    static final int MOST_AT_ONCE = 1_000;

    private final Path directory;
    private final PathMatcher matcher;
    private final Duration settle;
    private final EngineClock clock;
    private final Comparator<Found> order;
    private Map<Path, Seen> seen = new HashMap<>();

    DirectoryScan(DirectoryListenerSettings settings, EngineClock clock) {
        this.directory = settings.path();
        this.matcher = FileSystems.getDefault().getPathMatcher("glob:" + settings.pattern());
        this.settle = settings.settle();
        this.clock = clock;
        Comparator<Found> byName = Comparator.comparing(found -> found.name().toString());
        this.order = settings.order() == FileOrder.NAME
                ? byName
                : Comparator.<Found, FileTime>comparing(found -> found.state().changed())
                        .thenComparing(byName);
    }

    /** How a file was found; another state later means that somebody writes it. */
    record State(long size, FileTime changed) {
        static State of(Path file) throws IOException {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new State(attributes.size(), attributes.lastModifiedTime());
        }
    }

    /** A file in the directory. */
    record Found(Path name, State state) {}

    private record Seen(State state, long sinceNanos) {}

    /** The files to read now, in order. */
    List<Found> ready() throws IOException {
        long now = clock.nanoTime();
        Map<Path, Seen> still = new HashMap<>();
        List<Found> ready = new ArrayList<>();
        boolean waiting = false;
        for (Found found : first()) {
            Seen before = seen.get(found.name());
            boolean same = before != null && before.state().equals(found.state());
            Seen current = before != null && same ? before : new Seen(found.state(), now);
            still.put(found.name(), current);
            waiting |= now - current.sinceNanos() < settle.toNanos();
            if (!waiting) {
                ready.add(found);
            }
        }
        seen = still;
        return ready;
    }

    private Iterable<Found> first() throws IOException {
        TreeSet<Found> first = new TreeSet<>(order);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Found found = look(file);
                if (found != null) {
                    first.add(found);
                    if (first.size() > MOST_AT_ONCE) {
                        first.pollLast();
                    }
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return first;
    }

    /** Hidden files, links and directories are not for the engine. */
    private @Nullable Found look(Path file) throws IOException {
        Path name = file.getFileName();
        if (name == null || name.toString().startsWith(".") || !matcher.matches(name)) {
            return null;
        }
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            State state = new State(attributes.size(), attributes.lastModifiedTime());
            return attributes.isRegularFile() ? new Found(name, state) : null;
        } catch (NoSuchFileException gone) {
            return null;
        }
    }
}
