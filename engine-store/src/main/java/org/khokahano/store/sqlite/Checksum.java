package org.khokahano.store.sqlite;

import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * CRC-32C over stored bytes. SQLite checks the shape of its pages, not what they hold: a flipped bit
 * in a message would go to the partner as it is.
 */
final class Checksum {

    private Checksum() {}

    static long of(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return crc.getValue();
    }

    /**
     * Whether the bytes are those that were stored.
     *
     * @param stored the checksum beside them; null where the row has none, which matches anything
     */
    static boolean matches(byte[] bytes, @Nullable Long stored) {
        return stored == null || stored == of(bytes);
    }
}
