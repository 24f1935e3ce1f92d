package org.khokahano.answer;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The last application acknowledgements that ended a wait, to know them when they are sent again. Only their SHA-256
 * is kept. Safe for several threads.
 */
final class MatchedAcks {

    private static final int MOST = 10_000;

    private final Map<ByteBuffer, Boolean> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Boolean> eldest) {
            return size() > MOST;
        }
    };

    void add(byte[] acknowledgement) {
        ByteBuffer hash = hash(acknowledgement);
        synchronized (known) {
            known.put(hash, Boolean.TRUE);
        }
    }

    boolean holds(byte[] acknowledgement) {
        ByteBuffer hash = hash(acknowledgement);
        synchronized (known) {
            return known.containsKey(hash);
        }
    }

    private static ByteBuffer hash(byte[] bytes) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
