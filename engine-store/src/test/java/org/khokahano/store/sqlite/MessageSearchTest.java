package org.khokahano.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.send.OutcomeKind;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.NewMessage;
import org.khokahano.store.archive.MessagePage;
import org.khokahano.store.archive.MessageQuery;
import org.khokahano.store.archive.MessageSummary;

@Tag("disk")
class MessageSearchTest {

    private static final String[] TYPES = {"ADT^A01", "ADT^A08", "ORU^R01", "ACK", "ADT"};
    private static final String[] LISTENERS = {"ward", "lab", "clinic"};
    private static final String[] FACILITIES = {"QMMH", "MOTEBANG", ""};
    private static final String[] DESTINATIONS = {"nrl-lis", "registry", "ministry"};
    private static final long HOUR = 3_600_000;

    @TempDir
    Path directory;

    /** What the store must know, kept beside it. */
    private record Known(long id, NewMessage message, List<DeliveryState> states) {}

    @Test
    @DisplayName("every search finds what a reader of all messages finds, whatever the index has seen of it")
    void shouldFindWhatABruteForceReaderFindsWhenDataAndQueriesAreRandom() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            List<Known> known = new ArrayList<>();
            for (int round = 0; round < 3; round++) {
                fill(fixture, random, known, 1_500);
                for (int i = 0; i < 60; i++) {
                    MessageQuery query = query(random, known);
                    assertThat(ids(fixture, query))
                            .as("seed %d round %d, lag %d", seed, round, fixture.archive.indexLag())
                            .isEqualTo(expected(query, known));
                    if (i == 20) {
                        fixture.awaitIndex();
                    }
                }
            }
        }
    }

    @Test
    void shouldGoOnWhereItStoppedWhenTheTimeOfASearchIsUp() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory, Duration.ZERO)) {
            List<NewMessage> messages = new ArrayList<>();
            for (int i = 0; i < 25_000; i++) {
                messages.add(
                        fixture.message(i == 0 ? "FIRST" : "C" + i, "", "ADT^A01", 1_000 + i, fixture.to("nrl-lis")));
            }
            fixture.appendAll(messages);
            fixture.awaitIndex();
            MessageQuery query = MessageQuery.all(10).withDelivery(null, DeliveryState.SKIPPED);
            MessagePage first = fixture.archive.search(query);
            assertThat(first.hasNext()).isTrue();
            assertThat(first.scannedToMillis()).isPositive();
            assertThat(ids(fixture, query)).isEmpty();
            assertThat(ids(fixture, MessageQuery.all(10).withControlId("FIRST")))
                    .containsExactly(1L);
        }
    }

    @Test
    void shouldNotHoldUpAppendsWhenManyLongSearchesRun() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            List<NewMessage> messages = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
                messages.add(fixture.message("C" + i, "", "ADT^A01", 1_000 + i, fixture.to("nrl-lis")));
            }
            fixture.appendAll(messages);
            List<CompletableFuture<Void>> searches = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                searches.add(CompletableFuture.runAsync(() -> {
                    for (int round = 0; round < 20; round++) {
                        ids(fixture, MessageQuery.all(10).withDelivery("nrl-lis", DeliveryState.SKIPPED));
                    }
                }));
            }
            int appended = 0;
            long worstNanos = 0;
            while (searches.stream().anyMatch(search -> !search.isDone())) {
                long began = System.nanoTime();
                assertThat(fixture.append(fixture.message("N" + appended, "", "ADT^A01", 1, fixture.to("registry"))))
                        .isPositive();
                worstNanos = Math.max(worstNanos, System.nanoTime() - began);
                appended++;
            }
            searches.forEach(CompletableFuture::join);
            assertThat(appended).isGreaterThan(5);
            assertThat(Duration.ofNanos(worstNanos)).isLessThan(Duration.ofSeconds(2));
        }
    }

    private static void fill(ArchiveFixture fixture, Random random, List<Known> known, int count) {
        List<NewMessage> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            NewDelivery[] deliveries = new NewDelivery[random.nextInt(4)];
            for (int d = 0; d < deliveries.length; d++) {
                String destination = pick(random, DESTINATIONS);
                deliveries[d] =
                        random.nextInt(20) == 0 ? fixture.heldTo(destination, "no code") : fixture.to(destination);
            }
            // The clock runs on, and jumps now and then.
            long at = known.size() * 60_000L + i * 60_000L + (random.nextInt(100) == 0 ? -5 * HOUR : 0) + 10 * HOUR;
            messages.add(ArchiveFixture.message(
                    pick(random, LISTENERS),
                    pick(random, FACILITIES),
                    "C" + random.nextInt(800),
                    random.nextInt(5) == 0 ? "" : "P" + random.nextInt(300),
                    pick(random, TYPES),
                    at,
                    0,
                    deliveries));
        }
        List<Long> ids = fixture.appendAll(messages);
        for (int i = 0; i < count; i++) {
            List<DeliveryState> states = new ArrayList<>();
            long delivery = fixture.archive.message(ids.get(i)).orElseThrow().deliveries().stream()
                    .mapToLong(stored -> stored.id())
                    .findFirst()
                    .orElse(0);
            for (NewDelivery added : messages.get(i).deliveries()) {
                states.add(decide(fixture, random, delivery++, added.state()));
            }
            known.add(new Known(ids.get(i), messages.get(i), states));
        }
        fixture.settle();
        fixture.settle();
    }

    private static DeliveryState decide(ArchiveFixture fixture, Random random, long delivery, DeliveryState state) {
        if (state == DeliveryState.HELD) {
            return state;
        }
        DeliveryState next = switch (random.nextInt(10)) {
            case 0 -> DeliveryState.DEAD_LETTER;
            case 1 -> DeliveryState.SKIPPED;
            case 2, 3 -> DeliveryState.QUEUED;
            default -> DeliveryState.DELIVERED;
        };
        fixture.mark(delivery, next, OutcomeKind.AA, "", 1, 1);
        return next;
    }

    private static MessageQuery query(Random random, List<Known> known) {
        NewMessage any = known.get(random.nextInt(known.size())).message();
        MessageQuery query = MessageQuery.all(1 + random.nextInt(40));
        if (random.nextInt(4) == 0) {
            query = query.withControlId(any.keys().controlId());
        }
        if (random.nextInt(4) == 0) {
            query = query.withPatientId(any.keys().patientId());
        }
        if (random.nextInt(3) == 0) {
            query = query.withType(pick(random, TYPES));
        }
        if (random.nextInt(3) == 0) {
            query = query.withListener(random.nextInt(10) == 0 ? "unknown" : any.listener());
        }
        if (random.nextInt(3) == 0) {
            query = query.withFacility(any.facility());
        }
        @Nullable String destination = random.nextInt(3) == 0 ? pick(random, DESTINATIONS) : null;
        DeliveryState[] states = DeliveryState.values();
        @Nullable DeliveryState state = random.nextInt(3) == 0 ? states[random.nextInt(states.length)] : null;
        query = query.withDelivery(destination, state);
        if (random.nextInt(3) == 0) {
            long from = any.receivedMillis() - random.nextInt(20) * HOUR;
            query = query.between(from, from + random.nextInt(40) * HOUR);
        }
        return query;
    }

    private static List<Long> expected(MessageQuery query, List<Known> known) {
        return known.stream()
                .filter(one -> matches(query, one))
                .map(Known::id)
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    private static boolean matches(MessageQuery query, Known known) {
        NewMessage message = known.message();
        String type = query.type();
        return isOrNull(query.controlId(), message.keys().controlId())
                && isOrNull(query.patientId(), message.keys().patientId())
                && isOrNull(query.listener(), message.listener())
                && isOrNull(query.facility(), message.facility())
                && (type == null
                        || message.keys().type().equals(type)
                        || !type.contains("^") && message.keys().type().startsWith(type + '^'))
                && message.receivedMillis() >= query.fromMillis()
                && message.receivedMillis() < query.untilMillis()
                && hasDelivery(query, known);
    }

    private static boolean hasDelivery(MessageQuery query, Known known) {
        if (query.destination() == null && query.state() == null) {
            return true;
        }
        for (int i = 0; i < known.states().size(); i++) {
            String destination = known.message().deliveries().get(i).destination();
            if (isOrNull(query.destination(), destination)
                    && (query.state() == null || query.state() == known.states().get(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOrNull(@Nullable String wanted, String value) {
        return wanted == null || wanted.equals(value);
    }

    private static List<Long> ids(ArchiveFixture fixture, MessageQuery query) {
        List<Long> ids = new ArrayList<>();
        MessagePage page = fixture.archive.search(query);
        while (true) {
            assertThat(page.messages()).hasSizeLessThanOrEqualTo(query.limit());
            page.messages().stream().map(MessageSummary::id).forEach(ids::add);
            if (!page.hasNext()) {
                return ids;
            }
            page = fixture.archive.search(query.before(page.nextBeforeId()));
        }
    }

    private static String pick(Random random, String... values) {
        return values[random.nextInt(values.length)];
    }
}
