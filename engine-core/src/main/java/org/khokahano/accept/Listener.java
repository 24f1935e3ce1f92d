package org.khokahano.accept;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A port that messages come in by, whatever their transport. */
public interface Listener extends AutoCloseable {

    /** The listener's name. */
    String name();

    /**
     * Binds the port, now or, where that fails, as soon as it can be bound (R10). Blocks for the first
     * try.
     */
    void start();

    /** Takes nothing new; what was read whole is answered. */
    void stop();

    /** Stops, and closes every connection. */
    @Override
    void close();

    /** The address it listens on, or null while the port is not bound. */
    @Nullable
    InetSocketAddress address();

    /** What keeps it from listening; empty while it listens. */
    String problem();

    /** How many connections are open. */
    int connectionCount();
}
