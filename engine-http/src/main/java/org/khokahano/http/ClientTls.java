package org.khokahano.http;

import com.linecorp.armeria.client.ClientFactoryBuilder;
import com.linecorp.armeria.common.util.TlsEngineType;
import org.khokahano.tls.ClientTlsSettings;
import org.khokahano.tls.TlsContext;

/**
 * TLS towards a partner.
 *
 * @param settings the name that the partner's certificate must bear
 * @param context the certificates, which may change while the engine runs
 */
public record ClientTls(ClientTlsSettings settings, TlsContext context) {

    void applyTo(ClientFactoryBuilder client) {
        client.tlsEngineType(TlsEngineType.JDK)
                .tlsCustomizer(tls -> tls.keyManager(context.keyManager())
                        .trustManager(context.trustManager())
                        .endpointIdentificationAlgorithm(settings.verifyHostname() ? "HTTPS" : "")
                        .ciphers(TlsContext.CIPHERS)
                        .sessionTimeout(TlsContext.CLIENT_SESSION_SECONDS)
                        .protocols(TlsContext.PROTOCOLS));
    }
}
