package org.khokahano.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One connection to a server, on which a test writes what it likes. */
final class RawConnection implements AutoCloseable {

    /**
     * @param status such as 200
     * @param headers names in small letters
     */
    record Response(int status, Map<String, String> headers, byte[] body) {}

    private static final int READ_TIMEOUT_MILLIS = 10_000;

    private final Socket socket;

    RawConnection(InetSocketAddress address) throws IOException {
        this(new Socket(address.getAddress(), address.getPort()));
    }

    RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
    }

    RawConnection write(String text) throws IOException {
        return write(TestMessages.text(text));
    }

    RawConnection write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends a POST with further header lines, each ended by CRLF. */
    Response post(String path, String headers, byte[] body) throws IOException {
        write(head("POST", path, headers, body.length));
        write(body);
        return read();
    }

    Response post(byte[] body) throws IOException {
        return post("/hl7", "Content-Type: application/hl7-v2\r\n", body);
    }

    static String head(String method, String path, String headers, int length) {
        return method + ' ' + path + " HTTP/1.1\r\nHost: test\r\n" + headers + "Content-Length: " + length + "\r\n\r\n";
    }

    Response read() throws IOException {
        String line = line();
        int status = Integer.parseInt(line.substring(9, 12));
        Map<String, String> headers = headers();
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = socket.getInputStream().readNBytes(length);
        return new Response(status, headers, body);
    }

    /** Reads the lines up to the empty one. */
    Map<String, String> headers() throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim(),
                    (one, other) -> one + ", " + other);
        }
        return headers;
    }

    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the connection was closed");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    byte[] bytes(int count) throws IOException {
        return socket.getInputStream().readNBytes(count);
    }

    /** Waits until the other side closes; anything that still comes is dropped. */
    boolean isClosedByPeer() {
        try {
            return socket.getInputStream().skip(Long.MAX_VALUE) >= 0
                    && socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return !(e instanceof java.net.SocketTimeoutException);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
