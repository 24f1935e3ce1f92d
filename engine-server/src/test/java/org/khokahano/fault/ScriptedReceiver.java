package org.khokahano.fault;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A partner over raw sockets that answers each message as its script says; null ends the connection. */
final class ScriptedReceiver implements AutoCloseable {

    private final ServerSocket server;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private volatile UnaryOperator<@Nullable String> script;

    ScriptedReceiver(UnaryOperator<@Nullable String> script) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        this.script = script;
        RecordingSink.daemon("scripted-receiver", this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void follow(UnaryOperator<@Nullable String> next) {
        script = next;
    }

    /** All messages so far, each as often as it came. */
    List<String> received() {
        return received;
    }

    /** The different MSH-10 so far. */
    Set<String> controlIds() {
        return received.stream().map(message -> field(message, "MSH", 10)).collect(Collectors.toSet());
    }

    /** MSH-13 of all messages so far. */
    List<String> numbers() {
        return received.stream().map(message -> field(message, "MSH", 13)).toList();
    }

    static String field(String message, String segment, int number) {
        return Frames.field(message.getBytes(StandardCharsets.ISO_8859_1), segment, number);
    }

    /** An acknowledgement of a message with a code and, where there is one, a number in MSA-4. */
    static String ack(String message, String code, String expected) {
        return "MSH|^~\\&|LIS|NRL|EHR|QMMH|20261122101500||ACK|A" + field(message, "MSH", 10) + "|P|2.5.1\rMSA|" + code
                + "|" + field(message, "MSH", 10) + "||" + expected + "\r";
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                RecordingSink.daemon("scripted-receiver-connection", () -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                String message = new String(Frames.read(in), StandardCharsets.ISO_8859_1);
                received.add(message);
                String answer = script.apply(message);
                if (answer == null) {
                    return;
                }
                if (!answer.isEmpty()) {
                    Frames.write(socket.getOutputStream(), answer.getBytes(StandardCharsets.ISO_8859_1));
                }
            }
        } catch (IOException e) {
            // The engine has ended the connection.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
