package org.khokahano.accept;

import org.khokahano.loop.SerialExecutor;

/** What a listener hands its input to; one for each listener. */
public interface Intake {

    /** The listener's name. */
    String listener();

    /** Takes one message. Never blocks; the reply comes when the message is durable or refused. */
    void receive(Received received, Reply reply);

    /**
     * Takes input that never became a frame; nobody is answered (R4, R5).
     *
     * @param executor the connection's executor
     */
    void unframed(Received received, UnframedReason reason, SerialExecutor executor);

    /**
     * Takes the beginning of a message that is longer than the listener allows (R6).
     *
     * @param limit the longest message allowed, in bytes
     */
    void tooLong(Received head, int limit, Reply reply);

    /** Whether the listener should stop reading its connections. */
    boolean isSaturated();

    /** Runs the task once reading may go on. */
    void whenRelieved(SerialExecutor executor, Runnable task);
}
