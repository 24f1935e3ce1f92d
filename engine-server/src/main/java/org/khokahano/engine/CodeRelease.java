package org.khokahano.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.khokahano.admin.HeldDesk.Progress;
import org.khokahano.engine.HeldDeliveries.Planned;
import org.khokahano.engine.HeldDeliveries.Written;
import org.khokahano.event.FaultPlace;
import org.khokahano.store.AppendResult.Outcome;
import org.khokahano.store.StoreException;
import org.khokahano.store.WaitingCode;
import org.khokahano.store.archive.MessageArchive;
import org.khokahano.store.archive.StoredMessage;
import org.khokahano.store.archive.WaitingCount;
import org.khokahano.store.archive.WaitingDelivery;
import org.khokahano.store.sqlite.SqliteMessageStore;
import org.khokahano.table.CodeLookup.Found;
import org.khokahano.table.CodeTable;
import org.khokahano.table.CodeTables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases the deliveries that wait for codes, once the code tables of the configuration in force have
 * rows for all of them. It goes over what waits at the start and after each change of the configuration,
 * in the order of the ids, on a thread of its own and in small batches, so that neither the store's writer
 * nor an event loop waits for it. What a crash leaves undone is still held, and done after the next start;
 * what is done is not held any more, so that nothing is released twice.
 */
final class CodeRelease implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CodeRelease.class);

    private static final int PAGE = 64;
    private static final long BATCH_BYTES = 4 << 20;
    private static final long WAIT_SECONDS = 60;
    private static final long REST_MILLIS = 20;
    private static final long AGAIN_SECONDS = 5;
    private static final long TELL_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long COUNT_EVERY_SECONDS = 15;
    private static final String BY = "the engine";
    private static final String REASON = "the code tables have rows for its codes now";

    private final HeldDeliveries held;
    private final MessageArchive archive;
    private final SqliteMessageStore store;
    private final ScheduledExecutorService thread;
    private final AtomicInteger wanted = new AtomicInteger();
    private volatile boolean closing;
    private volatile Progress progress = new Progress(false, 0, 0, 0);
    private volatile Map<String, WaitingCount> counts = Map.of();

    CodeRelease(HeldDeliveries held, MessageArchive archive, SqliteMessageStore store) {
        this.held = held;
        this.archive = archive;
        this.store = store;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "khoka-release");
            made.setDaemon(true);
            made.setPriority(Thread.MIN_PRIORITY);
            return made;
        });
    }

    /** Begins to count what waits, and goes over it. */
    void start() {
        thread.scheduleWithFixedDelay(this::count, 0, COUNT_EVERY_SECONDS, TimeUnit.SECONDS);
        begin();
    }

    /** Goes over what waits, from the beginning; what it was at before ends. Returns at once. */
    synchronized void begin() {
        int run = wanted.incrementAndGet();
        if (!closing) {
            thread.execute(() -> run(run));
        }
    }

    /** How far it has come. */
    Progress progress() {
        return progress;
    }

    /** What waits for rows in a code table, as counted some seconds ago. */
    WaitingCount waitingFor(String table) {
        return counts.getOrDefault(table, new WaitingCount(table, 0, 0));
    }

    private void count() {
        try {
            Map<String, WaitingCount> counted = new LinkedHashMap<>();
            archive.waitingCounts().forEach(each -> counted.put(each.table(), each));
            counts = counted;
        } catch (RuntimeException e) {
            LOG.debug("what waits for codes could not be counted", e);
        }
    }

    private boolean isCurrent(int run) {
        return !closing && wanted.get() == run;
    }

    private void run(int run) {
        if (!isCurrent(run)) {
            return;
        }
        int revision = held.revision().number();
        progress = new Progress(true, revision, 0, 0);
        try {
            release(run);
        } catch (StoreException | TimeoutException e) {
            if (isCurrent(run)) {
                LOG.warn("releasing deliveries by revision {} stopped early, and goes on in some seconds", revision, e);
                again(run);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error(
                    "releasing deliveries by revision {} failed; the next change or start tries again: {}",
                    revision,
                    FaultPlace.of(e));
        } finally {
            progress = new Progress(false, revision, progress.released(), progress.stillHeld());
            if (progress.released() + progress.stillHeld() > 0) {
                tell();
                count();
            }
        }
    }

    private synchronized void again(int run) {
        if (!closing) {
            thread.schedule(() -> run(run), AGAIN_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void tell() {
        LOG.info(
                "revision {} has rows for codes that deliveries waited for: {} released, {} still held{}",
                progress.revision(),
                progress.released(),
                progress.stillHeld(),
                progress.running() ? ", going on" : "");
    }

    private void release(int run) throws InterruptedException, TimeoutException {
        long told = System.nanoTime();
        List<WaitingDelivery> page = archive.waiting(0, PAGE);
        while (!page.isEmpty() && isCurrent(run)) {
            CodeTables tables = held.revision().config().codes();
            Map<Long, Set<String>> ready = new LinkedHashMap<>();
            for (WaitingDelivery each : page) {
                if (hasRows(tables, each)) {
                    ready.computeIfAbsent(each.messageId(), id -> new LinkedHashSet<>())
                            .add(each.destination());
                }
            }
            release(run, ready);
            if (System.nanoTime() - told > TELL_EVERY_NANOS) {
                told = System.nanoTime();
                tell();
            }
            page = archive.waiting(page.get(page.size() - 1).id(), PAGE);
        }
    }

    /** Whether planning it again could release it. In which direction it was looked up is not known. */
    private static boolean hasRows(CodeTables tables, WaitingDelivery waiting) {
        long at = waiting.receivedMillis();
        for (WaitingCode code : waiting.codes()) {
            CodeTable table = tables.get(code.table());
            if (table == null) {
                return false;
            }
            if (!code.isCut()
                    && !(table.find(code.code(), code.system(), at) instanceof Found)
                    && !(table.reverse(code.code(), code.system(), at) instanceof Found)) {
                return false;
            }
        }
        return true;
    }

    /** Plans and writes, some megabytes at a time; new ids follow the order of the calls. */
    private void release(int run, Map<Long, Set<String>> ready) throws InterruptedException, TimeoutException {
        List<CompletableFuture<List<Written>>> batch = new ArrayList<>();
        long bytes = 0;
        for (Map.Entry<Long, Set<String>> each : ready.entrySet()) {
            rest();
            if (!isCurrent(run)) {
                break;
            }
            StoredMessage message = archive.message(each.getKey()).orElse(null);
            if (message == null) {
                continue;
            }
            try {
                Planned planned = held.plan(message, List.copyOf(each.getValue()));
                batch.add(held.write(planned, BY, REASON));
                bytes += planned.size() + message.summary().size();
            } catch (RuntimeException bug) {
                // One message must not keep back all that come after it.
                LOG.error(
                        "message {} could not be released, and stays held: {}",
                        each.getKey(),
                        bug.getClass().getName());
            }
            if (bytes > BATCH_BYTES) {
                await(batch);
                bytes = 0;
            }
        }
        await(batch);
    }

    /** Senders come first. */
    private void rest() throws InterruptedException {
        while (store.isSaturated() && !closing) {
            TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
        }
    }

    private void await(List<CompletableFuture<List<Written>>> batch) throws InterruptedException, TimeoutException {
        for (CompletableFuture<List<Written>> each : batch) {
            try {
                each.get(WAIT_SECONDS, TimeUnit.SECONDS).forEach(this::written);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        batch.clear();
        String refusal = store.health().refusal();
        if (!refusal.isEmpty()) {
            throw new StoreException(refusal);
        }
    }

    private void written(Written written) {
        if (written.result().outcome() == Outcome.STORED) {
            Progress at = progress;
            int count = written.step().held().size();
            boolean released = written.step().releases();
            progress = new Progress(
                    true,
                    at.revision(),
                    at.released() + (released ? count : 0),
                    at.stillHeld() + (released ? 0 : count));
        }
    }

    /** Ends after the batch that it is at. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            thread.shutdown();
        }
        try {
            if (!thread.awaitTermination(WAIT_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("releasing deliveries did not end; what is not released stays held");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
