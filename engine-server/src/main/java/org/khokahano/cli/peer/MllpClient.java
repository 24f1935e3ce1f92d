package org.khokahano.cli.peer;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.khokahano.cli.terminal.CommandFailure;
import org.khokahano.config.value.HostPort;
import org.khokahano.tls.TlsContext;
import org.khokahano.tls.TlsRefusal;

/** A connection to a listener that sends one message at a time. */
public final class MllpClient implements AutoCloseable {
    private static final int MAX_ANSWER_BYTES = 1 << 20;

    private final Socket socket;
    private final OutputStream out;
    private final MllpFrames answers;

    private MllpClient(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.answers = new MllpFrames(new BufferedInputStream(socket.getInputStream()), MAX_ANSWER_BYTES);
    }

    /**
     * Connects.
     *
     * @param timeout for the connection, and then for each answer
     * @param tls the certificates, if TLS is to be spoken
     * @throws CommandFailure which says what to do
     */
    public static MllpClient connect(HostPort to, Duration timeout, Optional<TlsContext> tls) {
        Socket socket = new Socket();
        try {
            InetSocketAddress address = new InetSocketAddress(to.host(), to.port());
            if (address.isUnresolved()) {
                throw new CommandFailure("there is no host '" + to.host() + "'; check the name");
            }
            socket.connect(address, (int) timeout.toMillis());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) timeout.toMillis());
            return new MllpClient(tls.isPresent() ? secured(socket, to, tls.get()) : socket);
        } catch (SSLException e) {
            close(socket);
            throw new CommandFailure(
                    "no TLS with " + to + ": " + TlsRefusal.of(e).sentenceFor(e));
        } catch (IOException e) {
            close(socket);
            throw new CommandFailure(
                    "cannot connect to " + to + " (" + e.getMessage() + "); is something listening there?");
        }
    }

    private static Socket secured(Socket plain, HostPort to, TlsContext tls) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    tls.hasCertificate() ? new KeyManager[] {tls.keyManager()} : null,
                    new TrustManager[] {tls.trustManager()},
                    null);
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, to.host(), to.port(), true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(TlsContext.PROTOCOLS.toArray(String[]::new));
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (SocketTimeoutException e) {
            throw new SSLException(TlsRefusal.TIMEOUT.sentence(), e);
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java has no TLS", e);
        }
    }

    /**
     * Sends a message and waits for its answer.
     *
     * @throws IOException where none comes; the connection is of no use then
     */
    public byte[] exchange(byte[] message) throws IOException {
        out.write(MllpFrames.framed(message));
        out.flush();
        byte[] answer = answers.next();
        if (answer == null) {
            throw new EOFException("the connection was closed without an answer");
        }
        return answer;
    }

    @Override
    public void close() {
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // There is nothing more to say to the other side, and nobody to tell.
            return;
        }
    }
}
