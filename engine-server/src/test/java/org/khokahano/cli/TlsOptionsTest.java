package org.khokahano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.tls.ClientTlsSettings;
import org.khokahano.tls.TestCertificates;
import org.khokahano.tls.TlsContext;
import org.khokahano.tls.TlsFiles;

/** {@code khoka send} and {@code khoka load} towards a listener that speaks TLS. */
@Tag("socket")
@Timeout(60)
class TlsOptionsTest {

    private static final String MESSAGE = "MSH|^~\\&|EHR|QMMH|HUB|MOH|20260101||ADT^A01|T1|P|2.5.1\rPID|1||P1\r";

    @TempDir
    private Path directory;

    private TestCertificates ours;
    private Path message;
    private final List<ServerSocket> listeners = new ArrayList<>();

    @BeforeEach
    void issue() throws Exception {
        ours = new TestCertificates(directory.resolve("ours"), "Our CA");
        message = Files.writeString(directory.resolve("message.hl7"), MESSAGE);
    }

    @AfterEach
    void close() throws IOException {
        for (ServerSocket listener : listeners) {
            listener.close();
        }
    }

    private String listening(ServerSocketFactory factory, boolean needsClient) throws IOException {
        ServerSocket listener = factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        if (listener instanceof SSLServerSocket secured) {
            secured.setNeedClientAuth(needsClient);
        }
        listeners.add(listener);
        Thread thread = new Thread(() -> accept(listener), "test-listener");
        thread.setDaemon(true);
        thread.start();
        return "127.0.0.1:" + listener.getLocalPort();
    }

    private String listening(TlsFiles files, boolean needsClient) throws Exception {
        TlsContext certificates = TlsContext.client("test", new ClientTlsSettings(files, null, true));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                new KeyManager[] {certificates.keyManager()}, new TrustManager[] {certificates.trustManager()}, null);
        return listening(context.getServerSocketFactory(), needsClient);
    }

    private String listening() throws Exception {
        return listening(ours.issue("127.0.0.1"), false);
    }

    private static void accept(ServerSocket listener) {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                Thread thread = new Thread(() -> serve(connection), "test-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // Closed by the test, or one connection less; the loop's condition tells them apart.
                continue;
            }
        }
    }

    /** Acknowledges whatever ends with a frame's end. */
    private static void serve(Socket connection) {
        try (connection) {
            InputStream in = connection.getInputStream();
            OutputStream out = connection.getOutputStream();
            StringBuilder frame = new StringBuilder();
            for (int each = in.read(); each >= 0; each = in.read()) {
                frame.append((char) each);
                if (each == 0x1C) {
                    String id = frame.toString().split("\\|", -1)[9];
                    out.write(("\u000bMSH|^~\\&|HUB|MOH|EHR|QMMH|20260101||ACK|1|P|2.5.1\rMSA|AA|" + id + "\r\u001c\r")
                            .getBytes(StandardCharsets.ISO_8859_1));
                    out.flush();
                    frame.setLength(0);
                }
            }
        } catch (IOException e) {
            // The command left, or its handshake failed.
            return;
        }
    }

    private static void assertFailed(CommandRun run, String... words) {
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines().filter(line -> line.startsWith("khoka: ")))
                .singleElement()
                .asString()
                .contains(words);
        assertThat(run.err()).doesNotContain("\tat ");
    }

    @Test
    void shouldSendAndLoadOverTls() throws Exception {
        String to = listening();

        CommandRun send = CommandRun.of("send", "--ca", ours.authorityFile(), to, message);
        CommandRun load = CommandRun.of("load", to, "--ca", ours.authorityFile(), "--messages", 50, "--connections", 3);

        assertThat(send.exitCode()).as(send.err()).isZero();
        assertThat(send.out()).contains("MSA|AA|T1", "1 of 1 message accepted");
        assertThat(load.exitCode()).as(load.err()).isZero();
        assertThat(load.out()).contains("50 sent, 50 accepted");
    }

    @Test
    @DisplayName("F18 a listener that is not to be trusted gets nothing, and one line says why")
    void shouldSayWhyTheListenerIsNotTrusted() throws Exception {
        TestCertificates theirs = new TestCertificates(directory.resolve("theirs"), "Other CA");
        String trusted = listening();
        assertFailed(
                CommandRun.of("send", "--ca", theirs.authorityFile(), trusted, message),
                "no TLS with " + trusted,
                "nobody whom we trust has signed");
        assertFailed(CommandRun.of("send", "--tls", trusted, message), "nobody whom we trust has signed");
        assertFailed(CommandRun.of("load", "--ca", theirs.authorityFile(), trusted), "nobody whom we trust has signed");
        String otherName = listening(ours.issue("other.example"), false);
        assertFailed(
                CommandRun.of("send", "--ca", ours.authorityFile(), otherName, message),
                "does not bear the partner's name");
        String expired = listening(ours.issue("old", "127.0.0.1", Duration.ofDays(-1)), false);
        assertFailed(CommandRun.of("load", "--ca", ours.authorityFile(), expired), "has expired");
    }

    @Test
    @DisplayName(
            "F18 a listener that requires a certificate: with --cert and --key it takes messages, without it says so")
    void shouldShowTheCertificate() throws Exception {
        String to = listening(ours.issue("127.0.0.1"), true);
        TlsFiles own = ours.issue("ehr.example");
        List<Object> shown = List.of(
                "--ca",
                ours.authorityFile(),
                "--cert",
                Objects.requireNonNull(own.certificate()),
                "--key",
                Objects.requireNonNull(own.key()));

        CommandRun send = run("send", shown, to, message);
        CommandRun load = run("load", shown, to, "--messages", 20);
        CommandRun without = CommandRun.of("send", "--ca", ours.authorityFile(), to, message);
        CommandRun loadWithout =
                CommandRun.of("load", "--ca", ours.authorityFile(), to, "--messages", 2, "--connections", 1);

        assertThat(send.exitCode()).as(send.err()).isZero();
        assertThat(load.out()).contains("20 sent, 20 accepted");
        assertThat(without.exitCode()).isEqualTo(1);
        assertThat(without.out()).contains("no answer: ", "0 of 1 message accepted");
        assertThat(loadWithout.exitCode()).isEqualTo(1);
        assertThat(loadWithout.out()).contains("2 sent, 0 accepted", "error");
    }

    private static CommandRun run(String command, List<Object> options, Object... more) {
        List<Object> words = new ArrayList<>(List.of(command));
        words.addAll(options);
        words.addAll(List.of(more));
        return CommandRun.of(words.toArray());
    }

    @Test
    void shouldSayWhichFileIsWrongAndHow() throws Exception {
        TlsFiles own = ours.issue("ehr.example");
        Path certificate = Objects.requireNonNull(own.certificate());
        Path key = Objects.requireNonNull(own.key());
        Path locked = Files.writeString(
                directory.resolve("locked.key"),
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
        Path absent = directory.resolve("absent.pem");

        for (String command : List.of("send", "load")) {
            List<Object> rest = command.equals("send") ? List.of("127.0.0.1:1", message) : List.of("127.0.0.1:1");
            assertFailed(run(command, List.of("--ca", absent), rest.toArray()), "absent.pem: does not exist");
            assertFailed(run(command, List.of("--ca", message), rest.toArray()), "message.hl7: has no certificate");
            assertFailed(
                    run(command, List.of("--cert", certificate, "--key", locked), rest.toArray()),
                    "locked.key: the private key has a passphrase",
                    "openssl pkey");
            Path otherKey = Objects.requireNonNull(ours.issue("lis.example").key());
            assertFailed(
                    run(command, List.of("--cert", certificate, "--key", otherKey), rest.toArray()),
                    "lis.example.key: is not the key of the first certificate in ehr.example.pem");
            CommandRun alone = run(command, List.of("--key", key), rest.toArray());
            assertThat(alone.exitCode()).isEqualTo(2);
            assertThat(alone.err()).contains("--cert and --key come together");
        }
    }

    @Test
    void shouldSayThatTheListenerDoesNotAnswerTheHandshake() throws Exception {
        // Its backlog takes the connection, and nobody reads from it.
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String to = "127.0.0.1:" + silent.getLocalPort();
            assertFailed(
                    CommandRun.of("send", "--timeout", "300ms", "--ca", ours.authorityFile(), to, message),
                    "no TLS with " + to,
                    "the handshake did not end in time");
        }
    }
}
