package org.khokahano.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP/1.1 server that answers as told, and misbehaves as told. */
final class ScriptedPartner implements AutoCloseable {

    /** @param headers names in small letters */
    record Request(String line, Map<String, String> headers, byte[] body) {}

    /** What to do with a request: answer on the connection, or not; false closes it. */
    interface Script {
        boolean answer(Request request, RawConnection connection) throws IOException;
    }

    final List<Request> requests = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final ServerSocket server;
    private volatile Script script;

    ScriptedPartner(Script script) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
    }

    ScriptedPartner(ServerSocket server, Script script) {
        this.server = server;
        this.script = script;
        start("test-partner", this::accept);
    }

    static Script answering(int status, byte[] body) {
        return (request, connection) -> {
            connection.write("HTTP/1.1 " + status + " X\r\nContent-Length: " + body.length + "\r\n\r\n");
            connection.write(body);
            return true;
        };
    }

    void answers(Script next) {
        script = next;
    }

    int port() {
        return server.getLocalPort();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port() + "/hl7?from=khoka");
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                connections.incrementAndGet();
                start("test-partner-connection", () -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (RawConnection connection = new RawConnection(socket)) {
            boolean goOn = true;
            while (goOn) {
                String line = connection.line();
                Map<String, String> headers = connection.headers();
                int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
                Request request = new Request(line, headers, connection.bytes(length));
                requests.add(request);
                goOn = script.answer(request, connection);
            }
        } catch (IOException e) {
            // The other side left.
            return;
        }
    }

    void closeConnections() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        closeConnections();
    }
}
