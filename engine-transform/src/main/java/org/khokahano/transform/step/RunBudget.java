package org.khokahano.transform.step;

/**
 * What may still be spent: by all messages that one mapping gets in a row, or by a whole row of mappings. A
 * mapping that makes a thousand messages does not give the next a thousand times its limits. Used by one
 * thread.
 */
public final class RunBudget {
    private static final int CLOCK_EVERY = 16;

    private final String spender;
    private final RunLimits limits;
    private final long beganNanos = System.nanoTime();
    private int steps;
    private long size;

    /** @param spender how a failure names what took too much, such as {@code it} */
    public RunBudget(String spender, RunLimits limits) {
        this.spender = spender;
        this.limits = limits;
    }

    /** Counts a step. */
    void step() throws StepException {
        if (++steps > limits.steps()) {
            throw new StepException(spender + " takes more than " + limits.steps() + " steps");
        }
        if (steps % CLOCK_EVERY == 0) {
            checkTime();
        }
    }

    void checkTime() throws StepException {
        if (System.nanoTime() - beganNanos > limits.time().toNanos()) {
            throw new StepException(
                    spender + " takes longer than " + limits.time().toMillis() + " ms");
        }
    }

    void checkSize(long draft) throws StepException {
        if (size + draft > limits.size()) {
            throw new StepException("what comes of it is larger than " + limits.size() + " bytes");
        }
    }

    void made(long bytes) throws StepException {
        checkSize(bytes);
        checkTime();
        size += bytes;
    }
}
