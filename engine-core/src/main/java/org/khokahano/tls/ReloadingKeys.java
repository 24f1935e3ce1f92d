package org.khokahano.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows the certificate that the latest reading of the files gave. The alias is the number of the
 * reading, so that a handshake that a reload overtakes still gets the key to its certificate.
 */
final class ReloadingKeys extends X509ExtendedKeyManager {

    private final TlsContext context;

    ReloadingKeys(TlsContext context) {
        this.context = context;
    }

    /**
     * The partner's list of authorities is not looked at: what is configured is shown, and a partner
     * that does not want it says so, which helps more than showing nothing.
     */
    private @Nullable String alias(String... keyTypes) {
        TlsMaterial material = context.material();
        PrivateKey key = material.key();
        if (key == null) {
            return null;
        }
        for (String keyType : keyTypes) {
            if (key.getAlgorithm().equals(keyType)) {
                return Integer.toString(material.number());
            }
        }
        return null;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(keyTypes);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(keyType);
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias(keyTypes);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias(keyType);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = alias(keyType);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return getClientAliases(keyType, issuers);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        TlsMaterial material = context.material(alias);
        return material == null ? null : material.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        TlsMaterial material = context.material(alias);
        return material == null ? null : material.key();
    }
}
