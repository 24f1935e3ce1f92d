package org.khokahano.mllp;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.khokahano.tls.ClientTlsSettings;
import org.khokahano.tls.TlsContext;

/** TLS towards a partner. Certificates that are replaced on disk count from the next connection on. */
public final class ClientTls {

    private final ClientTlsSettings settings;
    private final SslContext context;

    public ClientTls(TlsContext certificates, ClientTlsSettings settings) {
        this.settings = settings;
        try {
            SslContextBuilder builder = SslContextBuilder.forClient()
                    .sslProvider(SslProvider.JDK)
                    .trustManager(certificates.trustManager())
                    .protocols(TlsContext.PROTOCOLS)
                    .sessionTimeout(TlsContext.CLIENT_SESSION_SECONDS)
                    .ciphers(TlsContext.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                    // RFC 2818: the certificate bears the name that was asked for. Null switches it off.
                    .endpointIdentificationAlgorithm(settings.verifyHostname() ? "HTTPS" : null);
            if (certificates.hasCertificate()) {
                builder.keyManager(certificates.keyManager());
            }
            this.context = builder.build();
        } catch (SSLException e) {
            throw new IllegalArgumentException(certificates.owner() + ": this JDK cannot speak the TLS asked for", e);
        }
    }

    SslHandler newHandler(ByteBufAllocator allocator, String host, int port, Duration timeout) {
        SslHandler handler = context.newHandler(allocator, settings.nameFor(host), port);
        handler.setHandshakeTimeoutMillis(timeout.toMillis());
        return handler;
    }
}
