package org.khokahano.accept;

import java.util.Set;
import org.khokahano.loop.SerialExecutor;

/** What a listener hands its input to; one for each listener. */
public interface Intake {

    /** The listener's name. */
    String listener();

    /** The media types that it takes, in lower case; empty for those of HL7, which each transport knows. */
    default Set<String> mediaTypes() {
        return Set.of();
    }

    /** What its answers are, as a media type; empty where they are as what they answer. */
    default String answerMediaType() {
        return "";
    }

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

    /**
     * Takes up what an earlier life of the engine, or the intake before this one, left unfinished. May block
     * on the disk, and throw StoreException where that cannot be read.
     *
     * @param executor for what has to be done about it later
     */
    default void takeUp(SerialExecutor executor) {}

    /**
     * Whether the input has to wait behind what the same connection sent before and this intake has not taken to its
     * end. On the reply's executor, as {@link #receive}.
     *
     * @param turn run once its turn has come
     */
    default boolean defer(Received received, Reply reply, Runnable turn) {
        return false;
    }

    /** Whether anything is under way that {@link #defer} could hold an input up for. */
    default boolean isBusy() {
        return false;
    }

    /** Nothing new comes: connections that it holds for itself are closed once they are idle. */
    default void retire() {}
}
