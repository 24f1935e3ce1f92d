package org.khokahano.mllp;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** A sender that does as it is told, byte by byte. Waits at most five seconds for anything. */
final class ScriptedClient implements Closeable {
    private final Socket socket;

    ScriptedClient(@Nullable InetSocketAddress address) throws IOException {
        this(new Socket(), address);
    }

    ScriptedClient(Socket socket, @Nullable InetSocketAddress address) throws IOException {
        this.socket = socket;
        if (address == null) {
            throw new IOException("nobody listens");
        }
        if (!socket.isConnected()) {
            socket.connect(address, 5_000);
        }
        socket.setSoTimeout(5_000);
        socket.setTcpNoDelay(true);
    }

    ScriptedClient write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    ScriptedClient send(byte[] payload) throws IOException {
        return write(TestMessages.framed(payload));
    }

    /** The next frame's payload; null at the end of the stream. */
    byte @Nullable [] readFrame() throws IOException {
        int start = socket.getInputStream().read();
        if (start < 0) {
            return null;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int next = socket.getInputStream().read();
        while (next != 0x1C) {
            if (next < 0) {
                throw new IOException("the stream ended inside of a frame");
            }
            out.write(next);
            next = socket.getInputStream().read();
        }
        if (start != 0x0B || socket.getInputStream().read() != 0x0D) {
            throw new IOException("not a frame");
        }
        return out.toByteArray();
    }

    String readAnswer() throws IOException {
        byte[] frame = readFrame();
        return frame == null ? "end of stream" : TestMessages.text(frame);
    }

    /** Whether the other side ended the connection, in order or by a reset. */
    boolean sawClose() {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Closes with a reset instead of an end. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
