package org.khokahano.cli.demo;

import java.io.IOException;

/** A sender's way to the hub, open until it is closed. */
interface DemoLine extends AutoCloseable {

    /**
     * Sends a message and waits for its answer.
     *
     * @throws IOException if none came
     */
    void exchange(byte[] message) throws IOException, InterruptedException;

    @Override
    void close() throws IOException;

    /** How a line is opened. */
    @FunctionalInterface
    interface Opening {
        DemoLine open() throws IOException;
    }
}
