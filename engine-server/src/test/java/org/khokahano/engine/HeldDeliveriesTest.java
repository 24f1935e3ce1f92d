package org.khokahano.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.EngineConfig;
import org.khokahano.engine.HeldDeliveries.Step;
import org.khokahano.loop.EngineClock;
import org.khokahano.plan.Plan;
import org.khokahano.store.AwaitedDelivery;
import org.khokahano.store.Completion;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.NewMessage.BusinessKeys;
import org.khokahano.store.OperatorActions;
import org.khokahano.store.PausedDestination;
import org.khokahano.store.Release;
import org.khokahano.store.Resend;
import org.khokahano.store.SequenceState;
import org.khokahano.store.StillHeld;
import org.khokahano.store.archive.MessageSummary;
import org.khokahano.store.archive.StoredMessage;
import org.khokahano.store.archive.StoredMessage.StoredDelivery;
import org.khokahano.store.fragment.PendingFragments;

/** Which held delivery a new plan's deliveries take the place of, where some of a message went out already. */
@Tag("unit")
class HeldDeliveriesTest {

    private static final byte[] MESSAGE =
            EngineUnderTest.admission("H1", "LS1", "Lerato^Test").getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path directory;

    private List<Step> plan(List<StoredDelivery> stored, List<NewDelivery> next) throws IOException {
        Files.writeString(directory.resolve("engine.yaml"), "engine: held\n");
        EngineConfig config = ConfigurationReader.read(directory, name -> Optional.empty())
                .config()
                .orElseThrow();
        EngineRevision revision =
                new EngineRevision(2, config, (message, origin) -> new Plan(next, true, ""), Map.of(), Map.of());
        MessageSummary summary = new MessageSummary(
                1,
                1_000,
                1_000,
                "in",
                "",
                "192.0.2.7",
                new BusinessKeys("ADT^A01", "H1", "EHR|QMMH", "LS1"),
                MESSAGE.length,
                0,
                1,
                "",
                List.of());
        return new HeldDeliveries(revision, new NoActions(), EngineClock.system())
                .plan(new StoredMessage(summary, MESSAGE, stored), List.of("lis"))
                .steps();
    }

    private static StoredDelivery stored(long id, DeliveryState state, @Nullable String payload) {
        return new StoredDelivery(id, "lis", 0, state, bytes(payload), List.of());
    }

    private static NewDelivery next(@Nullable String payload) {
        return new NewDelivery("lis", 0, bytes(payload), DeliveryState.QUEUED, "");
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.US_ASCII);
    }

    private static List<Long> ids(Step step) {
        return step.held().stream().map(StoredDelivery::id).toList();
    }

    private static List<String> payloads(Step step) {
        List<String> payloads = new ArrayList<>();
        step.next()
                .forEach(delivery -> payloads.add(
                        delivery.payload() == null
                                ? "as received"
                                : new String(delivery.payload(), StandardCharsets.US_ASCII)));
        return payloads;
    }

    @Test
    @DisplayName("What went out is known by its bytes, not by its number: a plan in another order sends nothing twice")
    void shouldPairByWhatWentOut() throws IOException {
        List<Step> steps = plan(
                List.of(stored(1, DeliveryState.DELIVERED, "one"), stored(2, DeliveryState.HELD, null)),
                List.of(next("two"), next("one")));

        assertThat(steps).singleElement().satisfies(step -> {
            assertThat(ids(step)).containsExactly(2L);
            assertThat(payloads(step)).containsExactly("two");
            assertThat(step.releases()).isTrue();
        });
    }

    @Test
    @DisplayName("Two deliveries of the same bytes, of which one went out: the other one is released")
    void shouldReleaseTheSecondOfTwoThatAreEqual() throws IOException {
        List<Step> steps = plan(
                List.of(stored(1, DeliveryState.DELIVERED, null), stored(2, DeliveryState.HELD, null)),
                List.of(next(null), next(null)));

        assertThat(steps).singleElement().satisfies(step -> {
            assertThat(ids(step)).containsExactly(2L);
            assertThat(payloads(step)).containsExactly("as received");
        });
    }

    @Test
    @DisplayName("Where the plan would change what went out already, nothing is guessed: it stays held, and says why")
    void shouldHoldWhatCannotBePaired() throws IOException {
        List<Step> steps = plan(
                List.of(stored(1, DeliveryState.DELIVERED, "one"), stored(2, DeliveryState.HELD, null)),
                List.of(next("one, changed"), next("two")));

        assertThat(steps).singleElement().satisfies(step -> {
            assertThat(step.releases()).isFalse();
            assertThat(step.why()).contains("would change what this destination got of the message already");
        });
    }

    @Test
    @DisplayName("Several held deliveries and as many new ones are released each in its place")
    void shouldReleaseEachInItsPlace() throws IOException {
        List<Step> steps = plan(
                List.of(stored(1, DeliveryState.HELD, null), stored(2, DeliveryState.HELD, null)),
                List.of(next("one"), next("two")));

        assertThat(steps).extracting(HeldDeliveriesTest::ids).containsExactly(List.of(1L), List.of(2L));
        assertThat(steps).extracting(HeldDeliveriesTest::payloads).containsExactly(List.of("one"), List.of("two"));
    }

    /** Planning changes nothing. */
    private static final class NoActions implements OperatorActions {
        @Override
        public void resend(Resend resend, Completion completion) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void release(Release release, Completion completion) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void keepHeld(StillHeld still, Completion completion) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setPaused(String destination, boolean paused, String reason, long atMillis, Completion completion) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<PausedDestination> pausedDestinations() {
            return List.of();
        }

        @Override
        public List<AwaitedDelivery> awaited(String destination, long afterNumber, int limit) {
            return List.of();
        }

        @Override
        public List<PendingFragments> unfinished() {
            return List.of();
        }

        @Override
        public Set<String> awaitedDestinations() {
            return Set.of();
        }

        @Override
        public List<SequenceState> sequences() {
            return List.of();
        }
    }
}
