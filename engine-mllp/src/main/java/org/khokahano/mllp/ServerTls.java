package org.khokahano.mllp;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.khokahano.tls.ClientCertificates;
import org.khokahano.tls.ServerTlsSettings;
import org.khokahano.tls.TlsContext;

/** TLS of a listener. Certificates that are replaced on disk count from the next connection on. */
public final class ServerTls {

    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);

    private final TlsContext certificates;
    private final boolean asksClients;
    private final SslContext context;

    /** Throws IllegalArgumentException where the JDK has none of the protocols. */
    public ServerTls(TlsContext certificates, ServerTlsSettings settings) {
        this.certificates = certificates;
        this.asksClients = settings.clients() != ClientCertificates.NONE;
        try {
            this.context = SslContextBuilder.forServer(certificates.keyManager())
                    .sslProvider(SslProvider.JDK)
                    .trustManager(certificates.trustManager())
                    .clientAuth(
                            switch (settings.clients()) {
                                case NONE -> ClientAuth.NONE;
                                case WANT -> ClientAuth.OPTIONAL;
                                case REQUIRE -> ClientAuth.REQUIRE;
                            })
                    .protocols(settings.protocols())
                    .ciphers(TlsContext.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                    .build();
        } catch (SSLException e) {
            throw new IllegalArgumentException(certificates.owner() + ": this JDK cannot speak the TLS asked for", e);
        }
    }

    SslHandler newHandler(ByteBufAllocator allocator) {
        SslHandler handler = context.newHandler(allocator);
        handler.setHandshakeTimeoutMillis(HANDSHAKE_TIMEOUT.toMillis());
        return handler;
    }

    /** Looks at the client's certificate once more, since a resumed session skips that. */
    void checkClient(SSLSession session) throws CertificateException {
        if (asksClients) {
            certificates.checkClient(session);
        }
    }
}
