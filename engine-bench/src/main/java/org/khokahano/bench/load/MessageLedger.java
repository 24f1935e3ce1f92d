package org.khokahano.bench.load;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of every message of a run, by its number: when it was sent, whether it was positively
 * acknowledged, how often it arrived and whether in order. Belongs to the event loop's thread.
 *
 * <p>Two orders are checked at a message's first arrival. By key: a patient's running numbers must
 * rise; a patient belongs to one connection with one outstanding message, so that this order is
 * defined. Overall: a message that was acknowledged before another one was sent must arrive before
 * it; that is all that a first-in-first-out engine can promise over several connections.
 */
final class MessageLedger {
    private static final int CHUNK_BITS = 16;
    private static final int CHUNK_SIZE = 1 << CHUNK_BITS;
    private static final int CHUNK_MASK = CHUNK_SIZE - 1;

    /** Growth without copying: a copy of millions of entries would show as a latency peak. */
    private static final class Chunk {
        final long[] intendedNanos = new long[CHUNK_SIZE];
        final long[] sendTick = new long[CHUNK_SIZE];
        final long[] acceptTick = new long[CHUNK_SIZE];
        final int[] patient = new int[CHUNK_SIZE];
        final int[] runningNumber = new int[CHUNK_SIZE];
        final byte[] arrivals = new byte[CHUNK_SIZE];
    }

    /** How a message arrived. */
    record Arrival(boolean first, boolean inKeyOrder, boolean inOverallOrder, boolean unaltered) {}

    private static final Arrival AGAIN = new Arrival(false, true, true, true);
    private static final Arrival AS_EXPECTED = new Arrival(true, true, true, true);

    private final List<Chunk> chunks = new ArrayList<>();
    private final int[] lastSent;
    private final int[] lastArrived;
    private long count;
    private long tick;
    private long latestSendTickArrived;
    private long acceptedNotArrived;

    MessageLedger(int patients) {
        lastSent = new int[patients];
        lastArrived = new int[patients];
    }

    /** The number that the next message will get. */
    long count() {
        return count;
    }

    /** Messages that were positively acknowledged and have not arrived yet. */
    long acceptedNotArrived() {
        return acceptedNotArrived;
    }

    /** Enters a message that is about to be sent and returns its number. */
    long send(int patient, long intendedNanos) {
        if ((count & CHUNK_MASK) == 0) {
            chunks.add(new Chunk());
        }
        Chunk chunk = chunk(count);
        int at = at(count);
        chunk.intendedNanos[at] = intendedNanos;
        chunk.sendTick[at] = ++tick;
        chunk.patient[at] = patient;
        chunk.runningNumber[at] = ++lastSent[patient];
        return count++;
    }

    int runningNumber(long number) {
        return chunk(number).runningNumber[at(number)];
    }

    long intendedNanos(long number) {
        return chunk(number).intendedNanos[at(number)];
    }

    /** Enters a positive acknowledgement. */
    void accept(long number) {
        Chunk chunk = chunk(number);
        int at = at(number);
        chunk.acceptTick[at] = ++tick;
        if (chunk.arrivals[at] == 0) {
            acceptedNotArrived++;
        }
    }

    boolean isLost(long number) {
        Chunk chunk = chunk(number);
        int at = at(number);
        return chunk.acceptTick[at] != 0 && chunk.arrivals[at] == 0;
    }

    /** Enters an arrival at the sink. */
    Arrival arrive(long number, long runningNumber) {
        Chunk chunk = chunk(number);
        int at = at(number);
        if (chunk.arrivals[at] != 0) {
            if (chunk.arrivals[at] != Byte.MAX_VALUE) {
                chunk.arrivals[at]++;
            }
            return AGAIN;
        }
        chunk.arrivals[at] = 1;
        boolean accepted = chunk.acceptTick[at] != 0;
        if (accepted) {
            acceptedNotArrived--;
        }
        boolean inOverallOrder = !accepted || chunk.acceptTick[at] > latestSendTickArrived;
        latestSendTickArrived = Math.max(latestSendTickArrived, chunk.sendTick[at]);
        int patient = chunk.patient[at];
        int expected = chunk.runningNumber[at];
        boolean inKeyOrder = expected > lastArrived[patient];
        lastArrived[patient] = Math.max(lastArrived[patient], expected);
        boolean unaltered = runningNumber == expected;
        return inKeyOrder && inOverallOrder && unaltered
                ? AS_EXPECTED
                : new Arrival(true, inKeyOrder, inOverallOrder, unaltered);
    }

    private Chunk chunk(long number) {
        return chunks.get((int) (number >>> CHUNK_BITS));
    }

    private static int at(long number) {
        return (int) (number & CHUNK_MASK);
    }
}
