package org.khokahano.store.contract;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.NewMessage;
import org.khokahano.store.NewMessage.BusinessKeys;
import org.khokahano.store.NewMessage.DuplicateKey;

/** Invented messages. */
public final class Letters {

    public static final long NOON = 1_800_000_000_000L;
    public static final Duration WINDOW = Duration.ofHours(24);

    private Letters() {}

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What identifies a message to its sender: the id, and the id with its bytes. */
    public static DuplicateKey key(String id, String text) {
        return new DuplicateKey(hash(id), hash(id + '\n' + text), WINDOW);
    }

    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : bytes(text)) {
            hash = (hash ^ b) * 0x100000001b3L;
        }
        return hash;
    }

    public static NewMessage message(String id, String text, NewDelivery... deliveries) {
        return message(text, key(id, text), NOON, deliveries);
    }

    public static NewMessage message(
            String text, @Nullable DuplicateKey key, long atMillis, NewDelivery... deliveries) {
        return new NewMessage(
                "wards",
                "QMMH",
                "127.0.0.1",
                bytes(text),
                new BusinessKeys("ADT^A01", "C1", "EHR^QMMH", "P1"),
                key,
                atMillis,
                1,
                List.of(deliveries));
    }
}
