package org.khokahano.store.sqlite;

import java.util.ArrayList;
import java.util.List;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.store.AppendResult;
import org.khokahano.store.Completion;
import org.khokahano.store.DeliveryQueue;
import org.khokahano.store.QueuedDelivery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one commit has to tell: to each executor in one task, all its acknowledgements and then all
 * its deliveries, so that a commit of hundreds of messages costs as many hand-overs as there are event
 * loops.
 */
final class CommitReport {

    private static final Logger LOG = LoggerFactory.getLogger(CommitReport.class);

    private final List<Part> parts = new ArrayList<>(4);

    /** What one executor is told. */
    private static final class Part implements Runnable {
        private final SerialExecutor executor;
        private final List<Completion> completions = new ArrayList<>();
        private final List<AppendResult> results = new ArrayList<>();
        private final List<DeliveryQueue> queues = new ArrayList<>();
        private final List<QueuedDelivery> deliveries = new ArrayList<>();

        Part(SerialExecutor executor) {
            this.executor = executor;
        }

        @Override
        public void run() {
            // Each is told even if telling another fails: an answer or a lane's delivery that went
            // missing here would be missed until a restart.
            for (int i = 0; i < completions.size(); i++) {
                try {
                    completions.get(i).completed(results.get(i));
                } catch (RuntimeException e) {
                    LOG.error("the answer for message {} failed", results.get(i).messageId(), e);
                }
            }
            for (int i = 0; i < deliveries.size(); i++) {
                try {
                    queues.get(i).committed(deliveries.get(i));
                } catch (RuntimeException e) {
                    LOG.error("the lane failed to take {}", deliveries.get(i), e);
                }
            }
        }
    }

    void completed(Completion completion, AppendResult result) {
        Part part = partOf(completion.executor());
        part.completions.add(completion);
        part.results.add(result);
    }

    void queued(DeliveryQueue queue, QueuedDelivery delivery) {
        Part part = partOf(queue.executor());
        part.queues.add(queue);
        part.deliveries.add(delivery);
    }

    /** Hands every part over. */
    void send() {
        for (Part part : parts) {
            HandOver.to(part.executor, part);
        }
    }

    private Part partOf(SerialExecutor executor) {
        for (Part part : parts) {
            if (part.executor == executor) {
                return part;
            }
        }
        Part part = new Part(executor);
        parts.add(part);
        return part;
    }
}
