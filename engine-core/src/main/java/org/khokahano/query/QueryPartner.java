package org.khokahano.query;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.send.SendOutcome;
import org.khokahano.send.Sender;

/**
 * The partner that answers the queries of one listener, over connections of its own: no query waits
 * behind a lane's backlog. Each connection carries one query at a time, so that a slow answer delays
 * only those that wait for a connection. Safe for use by several threads; the lock is held for
 * a few steps only, never during a send.
 */
public final class QueryPartner {

    private final QuerySettings settings;
    private final Supplier<SerialExecutor> executors;
    private final Function<SerialExecutor, Sender> senders;
    private final Object lock = new Object();
    private final Deque<Asked> waiting = new ArrayDeque<>();
    private final Deque<Line> idle = new ArrayDeque<>();
    private int lines;
    private int inFlight;
    private boolean retired;
    private List<Relief> toRelieve = new ArrayList<>();

    /**
     * @param executors gives the executor of each new connection
     * @param senders makes the sender of each new connection
     */
    public QueryPartner(
            QuerySettings settings, Supplier<SerialExecutor> executors, Function<SerialExecutor, Sender> senders) {
        this.settings = settings;
        this.executors = executors;
        this.senders = senders;
    }

    /** How a query ended that never had an outcome of a sender, or that sender's outcome. */
    public sealed interface Ending {
        /** The sender's outcome, with an answer or without. */
        record Sent(SendOutcome outcome) implements Ending {}

        /** The time was over. */
        record Late() implements Ending {}

        /** As many queries as may be are under way. */
        record Busy() implements Ending {}
    }

    private record Relief(SerialExecutor executor, Runnable task) {}

    /**
     * Asks. Ends within the timeout, whatever the partner does.
     *
     * @param query the bytes of the query, not modified
     * @param executor the caller's, on which this is called and the ending told
     */
    public void ask(byte[] query, SerialExecutor executor, Consumer<Ending> ending) {
        Asked asked = new Asked(query, executor, ending);
        Line line;
        synchronized (lock) {
            if (inFlight >= settings.maxQueries()) {
                line = null;
                asked.refused = true;
            } else {
                inFlight++;
                line = freeLine();
                if (line == null) {
                    waiting.add(asked);
                } else {
                    asked.line = line;
                }
            }
        }
        if (asked.refused) {
            ending.accept(new Ending.Busy());
            return;
        }
        asked.timer = executor.schedule(() -> late(asked), settings.timeout());
        if (line != null) {
            line.executor.execute(() -> line.send(asked));
        }
    }

    private @Nullable Line freeLine() {
        Line known = idle.pollLast();
        if (known != null || lines >= settings.connections()) {
            return known;
        }
        lines++;
        return new Line(executors.get());
    }

    /** Whether no more queries should be read. */
    public boolean isSaturated() {
        synchronized (lock) {
            return inFlight >= settings.maxQueries();
        }
    }

    /** Runs the task on the executor once there is room for a query. */
    public void whenRelieved(SerialExecutor executor, Runnable task) {
        synchronized (lock) {
            if (inFlight >= settings.maxQueries()) {
                toRelieve.add(new Relief(executor, task));
                return;
            }
        }
        executor.execute(task);
    }

    /** Closes connections as soon as they carry nothing; what was asked is answered still. */
    public void retire() {
        List<Line> closing;
        synchronized (lock) {
            retired = true;
            closing = new ArrayList<>(idle);
        }
        closing.forEach(line -> line.executor.execute(line::closeIfIdle));
    }

    /** On the asker's executor. */
    private void late(Asked asked) {
        Line line;
        synchronized (lock) {
            waiting.remove(asked);
            line = asked.line;
        }
        end(asked, new Ending.Late());
        if (line != null) {
            // A late answer must not be taken for the next query's, so the connection goes as well.
            line.executor.execute(() -> line.giveUp(asked));
        }
    }

    /** On the asker's executor; only the first ending counts. */
    private void end(Asked asked, Ending ending) {
        if (asked.ended) {
            return;
        }
        asked.ended = true;
        SerialExecutor.Scheduled timer = asked.timer;
        if (timer != null) {
            timer.cancel();
        }
        List<Relief> relieved = List.of();
        synchronized (lock) {
            inFlight--;
            if (!toRelieve.isEmpty()) {
                relieved = toRelieve;
                toRelieve = new ArrayList<>();
            }
        }
        relieved.forEach(relief -> relief.executor().execute(relief.task()));
        asked.ending.accept(ending);
    }

    /** One query; all but the line belongs to the asker's executor. */
    private static final class Asked {
        private final byte[] query;
        private final SerialExecutor executor;
        private final Consumer<Ending> ending;
        private SerialExecutor.@Nullable Scheduled timer;
        private volatile boolean ended;
        private boolean refused;
        /** Guarded by the lock. */
        private @Nullable Line line;

        Asked(byte[] query, SerialExecutor executor, Consumer<Ending> ending) {
            this.query = query;
            this.executor = executor;
            this.ending = ending;
        }
    }

    /** One connection, which belongs to its executor. */
    private final class Line {
        private final SerialExecutor executor;
        private @Nullable Sender sender;
        private @Nullable Asked current;

        Line(SerialExecutor executor) {
            this.executor = executor;
        }

        private void send(Asked asked) {
            if (asked.ended) {
                next();
                return;
            }
            current = asked;
            Sender open = sender;
            if (open == null) {
                open = senders.apply(executor);
                sender = open;
            }
            open.send(asked.query, outcome -> sent(asked, outcome));
        }

        private void sent(Asked asked, SendOutcome outcome) {
            current = null;
            asked.executor.execute(() -> end(asked, new Ending.Sent(outcome)));
            next();
        }

        private void next() {
            Asked next;
            synchronized (lock) {
                next = waiting.poll();
                if (next == null) {
                    idle.add(this);
                } else {
                    next.line = this;
                }
            }
            if (next != null) {
                // Never from inside the sender, which may be busy ending this query.
                executor.execute(() -> send(next));
            } else {
                executor.execute(this::closeIfRetired);
            }
        }

        private void giveUp(Asked asked) {
            Sender open = sender;
            if (current == asked && open != null) {
                open.close();
            }
        }

        private void closeIfRetired() {
            boolean over;
            synchronized (lock) {
                over = retired;
            }
            if (over) {
                closeIfIdle();
            }
        }

        private void closeIfIdle() {
            Sender open = sender;
            if (current == null && open != null) {
                open.close();
            }
        }
    }
}
