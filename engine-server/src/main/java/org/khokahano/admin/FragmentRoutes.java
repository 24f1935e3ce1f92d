package org.khokahano.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.khokahano.store.fragment.PendingFragments;

/** What the API offers about messages that come in fragments (R38-R42). */
final class FragmentRoutes {

    private final Supplier<ShownEngine> engine;

    FragmentRoutes(Supplier<ShownEngine> engine) {
        this.engine = engine;
    }

    /** Messages whose rest is still to come. */
    record Unfinished(List<UnfinishedMessage> pending) {}

    /**
     * A message whose rest is still to come.
     *
     * @param chain its number
     * @param controlId MSH-10 of its first fragment
     * @param fragments how many of its fragments are kept
     * @param complete whether all are there, so that it only has to be put together
     * @param since when the first came, ISO 8601
     * @param ageSeconds how long ago that was
     */
    record UnfinishedMessage(
            long chain,
            String listener,
            String controlId,
            int fragments,
            boolean complete,
            String since,
            long ageSeconds) {

        static UnfinishedMessage of(PendingFragments pending, Instant now) {
            Instant since = Instant.ofEpochMilli(pending.sinceMillis());
            return new UnfinishedMessage(
                    pending.chain(),
                    pending.listener(),
                    pending.controlId(),
                    pending.fragments(),
                    pending.complete(),
                    since.toString(),
                    Math.max(0, Duration.between(since, now).toSeconds()));
        }
    }

    List<ApiRoute> all() {
        return List.of(ApiRoute.get(
                "/api/fragments/pending",
                "Messages of which fragments are acknowledged and kept while the rest is still to come.",
                List.of(),
                Unfinished.class,
                request -> pending()));
    }

    private Unfinished pending() {
        Instant now = Instant.now();
        return new Unfinished(engine.get().desk().unfinished().stream()
                .map(each -> UnfinishedMessage.of(each, now))
                .toList());
    }
}
