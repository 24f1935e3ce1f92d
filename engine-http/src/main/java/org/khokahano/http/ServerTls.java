package org.khokahano.http;

import com.linecorp.armeria.common.util.TlsEngineType;
import com.linecorp.armeria.server.ServerBuilder;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.util.SimpleKeyManagerFactory;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.ManagerFactoryParameters;
import org.jspecify.annotations.Nullable;
import org.khokahano.tls.ServerTlsSettings;
import org.khokahano.tls.TlsContext;

/**
 * TLS on an HTTP port.
 *
 * @param settings whom it asks for a certificate, and the versions it speaks
 * @param context the certificates, which may change while the port is open
 */
public record ServerTls(ServerTlsSettings settings, TlsContext context) {

    void applyTo(ServerBuilder server) {
        server.tlsEngineType(TlsEngineType.JDK)
                .tls(new OneKey(context.keyManager()))
                .tlsCustomizer(tls -> tls.trustManager(context.trustManager())
                        .clientAuth(
                                switch (settings.clients()) {
                                    case NONE -> ClientAuth.NONE;
                                    case WANT -> ClientAuth.OPTIONAL;
                                    case REQUIRE -> ClientAuth.REQUIRE;
                                })
                        .ciphers(TlsContext.CIPHERS)
                        .protocols(settings.protocols()));
    }

    /** Netty asks for a factory; ours has one key manager, which reads its files anew by itself. */
    private static final class OneKey extends SimpleKeyManagerFactory {

        private final KeyManager keyManager;

        OneKey(KeyManager keyManager) {
            this.keyManager = keyManager;
        }

        @Override
        protected void engineInit(@Nullable KeyStore store, char @Nullable [] password) {
            // It is ready.
        }

        @Override
        protected void engineInit(@Nullable ManagerFactoryParameters parameters) {
            // It is ready.
        }

        @Override
        protected KeyManager[] engineGetKeyManagers() {
            return new KeyManager[] {keyManager};
        }
    }
}
