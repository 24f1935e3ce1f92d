package org.khokahano.bench.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A store-and-forward relay that does to chosen messages what a bad engine would. Messages are
 * counted from 0 in the order in which they come; one connection at a time.
 */
final class ScriptedRelay implements AutoCloseable {
    /** What happens to a message. */
    enum Fault {
        /** Acknowledged and never sent on. */
        LOSE,
        /** Sent on twice. */
        DUPLICATE,
        /** Sent on only when RELEASE comes. */
        HOLD,
        /** Sent on, and what was held after it. */
        RELEASE,
        /** Sent on with another running number. */
        ALTER,
        /** Sent on under a control id that nobody sent. */
        RENAME,
        /** Answered AE and not sent on. */
        REJECT,
        /** Answered first with another message's id, then rightly. */
        ANSWER_ANOTHER_FIRST,
        /** The connection is closed instead of an answer. */
        CLOSE,
        /** Answered late. */
        STALL
    }

    private final ServerSocket server;
    private final int outPort;
    private final Map<Integer, Fault> script;
    private final Duration stall;
    private final List<String> held = new ArrayList<>();
    private final Thread thread;
    private volatile @Nullable Socket current;
    private int seen;

    ScriptedRelay(int outPort, Map<Integer, Fault> script, Duration stall) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.outPort = outPort;
        this.script = script;
        this.stall = stall;
        this.thread = new Thread(this::serve, "scripted-relay");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        Socket socket = current;
        if (socket != null) {
            socket.close();
        }
    }

    private void serve() {
        try (Socket out = new Socket(InetAddress.getLoopbackAddress(), outPort)) {
            out.setTcpNoDelay(true);
            while (!server.isClosed()) {
                try (Socket in = server.accept()) {
                    current = in;
                    in.setTcpNoDelay(true);
                    relay(in, out);
                }
            }
        } catch (IOException e) {
            if (!server.isClosed()) {
                throw new UncheckedIOException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void relay(Socket in, Socket out) throws IOException, InterruptedException {
        InputStream messages = new BufferedInputStream(in.getInputStream());
        InputStream answers = out.getInputStream();
        String message = readFrame(messages);
        while (message != null) {
            Fault fault = script.get(seen++);
            if (fault == Fault.CLOSE) {
                return;
            }
            if (fault == Fault.STALL) {
                TimeUnit.NANOSECONDS.sleep(stall.toNanos());
            }
            answer(in.getOutputStream(), message, fault);
            for (String further : sentOn(message, fault)) {
                writeFrame(out.getOutputStream(), further);
                readFrame(answers);
            }
            message = readFrame(messages);
        }
    }

    private List<String> sentOn(String message, @Nullable Fault fault) {
        if (fault == null) {
            return List.of(message);
        }
        return switch (fault) {
            case LOSE, REJECT, CLOSE -> List.of();
            case DUPLICATE -> List.of(message, message);
            case ALTER -> List.of(message.replaceFirst("ZBM\\|[0-9]+", "ZBM|0000999999"));
            case RENAME -> List.of(message.replaceFirst("\\|KB[0-9]+\\|", "|NOBODY|"));
            case ANSWER_ANOTHER_FIRST, STALL -> List.of(message);
            case HOLD -> {
                held.add(message);
                yield List.of();
            }
            case RELEASE -> {
                List<String> all = new ArrayList<>(held);
                all.add(0, message);
                held.clear();
                yield all;
            }
        };
    }

    private static void answer(OutputStream out, String message, @Nullable Fault fault) throws IOException {
        String id = message.split("\\|", 11)[9];
        if (fault == Fault.ANSWER_ANOTHER_FIRST) {
            writeFrame(out, "MSH|^~\\&|||||||ACK|1|P|2.5.1\rMSA|AA|SOMEONE-ELSE\r");
        }
        String code = fault == Fault.REJECT ? "AE" : "AA";
        writeFrame(out, "MSH|^~\\&|||||||ACK|1|P|2.5.1\rMSA|" + code + "|" + id + "\r");
    }

    private static void writeFrame(OutputStream out, String content) throws IOException {
        out.write(("\u000B" + content + "\u001C\r").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static @Nullable String readFrame(InputStream in) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream(1024);
        int next = in.read();
        while (next >= 0 && next != 0x1C) {
            if (next != 0x0B) {
                content.write(next);
            }
            next = in.read();
        }
        return next < 0 || in.read() < 0 ? null : content.toString(StandardCharsets.UTF_8);
    }
}
