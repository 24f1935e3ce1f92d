package org.khokahano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.config.LogConfig;
import org.khokahano.config.LogFormat;
import org.khokahano.config.LogLevel;
import org.khokahano.log.LogSetup;

@Tag("socket")
class DemoCommandTest {
    private static final Pattern END =
            Pattern.compile("Ended in order: ([1-9][0-9]*) received, ([1-9][0-9]*) delivered");

    @TempDir
    private Path directory;

    @AfterEach
    void logToTheTerminalAgain() {
        LogSetup.apply(new LogConfig(LogFormat.TEXT, LogLevel.INFO));
    }

    @Test
    @Timeout(90)
    void shouldDeliverAndEndInOrderOnFreePortsAfterFiveSeconds() throws Exception {
        Path data = directory.resolve("data");
        try (ServerSocket taken = new ServerSocket()) {
            take(taken, 3602);

            CommandRun demo = CommandRun.of(
                    "demo", "--seconds", 5, "--data", data, "--config", Path.of("..", "config", "national-hub"));

            assertThat(demo.err()).isEmpty();
            assertThat(demo.exitCode()).isZero();
            assertThat(demo.out()).containsPattern(END).contains("/metrics", "laboratory's LIS", "free ones");
            assertThat(demo.out())
                    .as("each receiver, and where files come in")
                    .contains("immunisation registry", "referrals to QMMH", "medical stores", "clinics' portal")
                    .contains("drops CSV files into " + data.resolve("analyser"));
        }
        assertThat(CommandRun.of("store", "verify", data).exitCode()).isZero();
    }

    private static void take(ServerSocket socket, int port) throws IOException {
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (BindException taken) {
            // Somebody else has the port, which is as good: the demo finds it taken all the same.
            assertThat(socket.isBound()).isFalse();
        }
    }
}
