package org.khokahano.store.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Identities that no longer fit into memory, in one file that never changes: sorted by hash, each with
 * its message id. A Bloom filter in memory answers for nearly every identity that is not in it, so
 * that a new message costs no read. All of it can be made again from the journal.
 *
 * <pre>
 * header     magic, count, after id, high id, hash of the last entry, CRC-32C of the entries
 * entries    hash, message id; sorted by hash, then by id
 * </pre>
 */
final class DuplicateRun implements AutoCloseable {

    /** "KHOKDUP" and the version. */
    private static final long MAGIC = 0x4B484F4B44555001L;

    private static final int HEADER_BYTES = 6 * Long.BYTES;
    private static final int ENTRY_BYTES = 2 * Long.BYTES;

    /** Entries between two fences: one page of the disk. */
    private static final int BLOCK = 4_096 / ENTRY_BYTES;

    /** Ten bits and four looks an entry: one foreign identity of 80 costs a read. */
    private static final int BITS_AN_ENTRY = 10;

    private static final int LOOKS = 4;

    private final Path file;
    private final FileChannel channel;
    private final int count;
    private final long afterId;
    private final long highId;
    private final long lastHash;
    private final long[] fences;
    private final long[] bits;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK * ENTRY_BYTES);

    private DuplicateRun(Path file, FileChannel channel, LongBuffer header, LongBuffer entries) {
        this.file = file;
        this.channel = channel;
        this.count = (int) header.get(1);
        this.afterId = header.get(2);
        this.highId = header.get(3);
        this.lastHash = header.get(4);
        this.fences = new long[(count + BLOCK - 1) / BLOCK];
        this.bits = new long[Math.max(1, count * BITS_AN_ENTRY / Long.SIZE)];
        for (int i = 0; i < count; i++) {
            long hash = entries.get(2 * i);
            if (i % BLOCK == 0) {
                fences[i / BLOCK] = hash;
            }
            for (int look = 0; look < LOOKS; look++) {
                long bit = bitOf(hash, look);
                bits[(int) (bit >>> 6)] |= 1L << bit;
            }
        }
    }

    /**
     * Writes a run. It need not be durable: a run that a crash damages is made again.
     *
     * @param afterId the highest message id that earlier runs answer for
     * @param hashes identities in the order in which they came, so that their ids rise
     */
    static DuplicateRun write(Path directory, long afterId, long[] hashes, long[] ids) throws IOException {
        int count = hashes.length;
        long highId = ids[count - 1];
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + count * ENTRY_BYTES);
        LongBuffer longs = bytes.asLongBuffer();
        int[] order = sortedByHash(hashes);
        for (int i = 0; i < count; i++) {
            longs.put(6 + 2 * i, hashes[order[i]]).put(7 + 2 * i, ids[order[i]]);
        }
        longs.put(0, MAGIC).put(1, count).put(2, afterId).put(3, highId);
        longs.put(4, hashes[count - 1]).put(5, checksum(bytes));
        Path file = directory.resolve("duplicates-" + highId + ".run");
        Path part = directory.resolve("duplicates.part");
        Files.deleteIfExists(part);
        StoreBackup.createPrivate(part);
        try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        return open(file, bytes.rewind());
    }

    /**
     * Opens a run and reads it whole.
     *
     * @throws IOException if it cannot be read, or is not what was written
     */
    static DuplicateRun read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        LongBuffer header = bytes.asLongBuffer();
        if (bytes.capacity() < HEADER_BYTES + ENTRY_BYTES
                || header.get(0) != MAGIC
                || header.get(1) != (bytes.capacity() - HEADER_BYTES) / ENTRY_BYTES
                || header.get(5) != checksum(bytes)) {
            throw new IOException(file.getFileName() + " is damaged");
        }
        return open(file, bytes);
    }

    private static DuplicateRun open(Path file, ByteBuffer bytes) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        LongBuffer entries =
                bytes.slice(HEADER_BYTES, bytes.capacity() - HEADER_BYTES).asLongBuffer();
        return new DuplicateRun(file, channel, bytes.asLongBuffer(), entries);
    }

    /** The latest message of the run with this identity, or 0. */
    long find(long hash) throws IOException {
        for (int look = 0; look < LOOKS; look++) {
            long bit = bitOf(hash, look);
            if ((bits[(int) (bit >>> 6)] & 1L << bit) == 0) {
                return 0;
            }
        }
        int number = blockOf(hash);
        return number < 0 ? 0 : findInBlock(number, hash);
    }

    /** The last block that begins at or before the hash, where the latest of equal ones is; -1 for none. */
    private int blockOf(long hash) {
        int low = 0;
        int high = fences.length;
        while (low < high) {
            int middle = low + high >>> 1;
            if (fences[middle] <= hash) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private long findInBlock(int number, long hash) throws IOException {
        int entries = Math.min(BLOCK, count - number * BLOCK);
        block.clear().limit(entries * ENTRY_BYTES);
        long from = HEADER_BYTES + (long) number * BLOCK * ENTRY_BYTES;
        while (block.hasRemaining()) {
            if (channel.read(block, from + block.position()) < 0) {
                throw new IOException(file.getFileName() + " is too short");
            }
        }
        for (int i = entries - 1; i >= 0; i--) {
            if (block.getLong(i * ENTRY_BYTES) == hash) {
                return block.getLong(i * ENTRY_BYTES + Long.BYTES);
            }
        }
        return 0;
    }

    /** The highest message id that runs before this one answer for. */
    long afterId() {
        return afterId;
    }

    long highId() {
        return highId;
    }

    /** The second hash of the message with the highest id: tells whether the journal is the same. */
    long lastHash() {
        return lastHash;
    }

    Path file() {
        return file;
    }

    private long bitOf(long hash, int look) {
        long mixed = (hash ^ look * 0xC2B2AE3D27D4EB4FL) * 0x9E3779B97F4A7C15L;
        return Math.floorMod(mixed ^ mixed >>> 32, (long) bits.length * Long.SIZE);
    }

    private static long checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().position(HEADER_BYTES));
        return crc.getValue();
    }

    /** A stable sort by byte, lowest first: equal hashes keep the order of their ids. */
    private static int[] sortedByHash(long[] hashes) {
        int[] order = new int[hashes.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        int[] next = new int[hashes.length];
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            int[] start = new int[257];
            for (long hash : hashes) {
                start[digit(hash, shift) + 1]++;
            }
            for (int i = 0; i < 256; i++) {
                start[i + 1] += start[i];
            }
            for (int index : order) {
                next[start[digit(hashes[index], shift)]++] = index;
            }
            int[] swap = order;
            order = next;
            next = swap;
        }
        return order;
    }

    private static int digit(long hash, int shift) {
        return (int) ((hash ^ Long.MIN_VALUE) >>> shift) & 0xFF;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
