package org.khokahano.mllp;

import java.time.Duration;

/**
 * A destination over MLLP.
 *
 * @param host the partner's host name or address, looked up anew at each connect
 * @param port the partner's port
 * @param connectTimeout how long a connect may take
 * @param ackTimeout how long an acknowledgement may take after the message was written (R27)
 * @param maxAckBytes the longest acknowledgement
 * @param positional whether an acknowledgement belongs to the oldest outstanding message whatever
 *     its MSA-2 says, for partners that do not echo MSH-10 (R26)
 */
public record MllpSenderSettings(
        String host, int port, Duration connectTimeout, Duration ackTimeout, int maxAckBytes, boolean positional) {

    public static MllpSenderSettings to(String host, int port) {
        return new MllpSenderSettings(host, port, Duration.ofSeconds(10), Duration.ofSeconds(30), 1 << 20, false);
    }

    @Override
    public String toString() {
        return host + ':' + port;
    }
}
