package org.khokahano.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A partner over MLLP that answers each message as it is told to. */
public final class ScriptedPartner implements AutoCloseable {

    private final ServerSocket server;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private volatile String code = "AA";

    public ScriptedPartner() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The acknowledgement code from now on. */
    public void answerWith(String next) {
        code = next;
    }

    public List<String> received() {
        return List.copyOf(received);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.add(socket);
                start(() -> converse(socket));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void converse(Socket socket) {
        try (socket) {
            String message;
            while ((message = readFrame(socket.getInputStream())) != null) {
                received.add(message);
                String controlId = message.split("\\|", -1)[9];
                String answer = "MSH|^~\\&|LIS|X|KHOKA|Y|20261122||ACK|A" + received.size() + "|P|2.5\rMSA|" + code
                        + '|' + controlId + '\r';
                socket.getOutputStream().write(frame(answer));
            }
        } catch (IOException e) {
            // The engine closed the connection, or the test did.
        }
    }

    /** A message in its frame. */
    public static byte[] frame(String message) {
        return ('\u000b' + message + "\u001c\r").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The next frame's content; null at the end of the stream. */
    public static @Nullable String readFrame(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int next;
        while ((next = in.read()) != 0x1c) {
            if (next < 0) {
                return null;
            }
            if (next != 0x0b) {
                bytes.write(next);
            }
        }
        in.read();
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "scripted-partner");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
