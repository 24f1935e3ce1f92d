package org.khokahano.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.khokahano.accept.Unrouted;
import org.khokahano.admin.HeldDesk;
import org.khokahano.engine.HeldDeliveries.Planned;
import org.khokahano.engine.HeldDeliveries.Written;
import org.khokahano.store.AppendResult.Outcome;
import org.khokahano.store.archive.StoredMessage;

/** Plans held deliveries, and messages that no route took, again because an operator says so. */
final class Reprocessing implements HeldDesk {

    private final HeldDeliveries held;
    private final CodeRelease release;

    Reprocessing(HeldDeliveries held, CodeRelease release) {
        this.held = held;
        this.release = release;
    }

    @Override
    public CompletionStage<Reprocessed> reprocess(
            StoredMessage message, List<String> destinations, String by, String reason) {
        Planned planned = held.plan(message, destinations);
        return held.write(planned, by, reason).thenApply(written -> told(planned, written));
    }

    private static Reprocessed told(Planned planned, List<Written> written) {
        List<Long> messages = new ArrayList<>();
        List<HeldDesk.StillHeld> still = new ArrayList<>();
        int released = 0;
        for (Written each : written) {
            boolean done = each.result().outcome() == Outcome.STORED;
            if (done && each.step().releases()) {
                messages.add(each.result().messageId());
                released += Math.max(1, each.step().held().size());
                continue;
            }
            String why = done ? each.step().why() : each.result().reason();
            if (each.step().held().isEmpty()) {
                still.add(new HeldDesk.StillHeld(0, Unrouted.DESTINATION, why));
            }
            each.step().held().forEach(old -> still.add(new HeldDesk.StillHeld(old.id(), old.destination(), why)));
        }
        return new Reprocessed(planned.revision(), messages, released, still);
    }

    @Override
    public boolean severalFit(String table, String code, String system) {
        return held.severalFit(table, code, system);
    }

    @Override
    public Progress progress() {
        return release.progress();
    }
}
