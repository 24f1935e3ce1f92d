package org.khokahano.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts whom the latest reading of the files trusts, and of the clients only those on the list. */
final class ReloadingTrust extends X509ExtendedTrustManager {

    private final TlsContext context;
    private final Set<String> names;

    /** @param names in small letters; empty for all clients */
    ReloadingTrust(TlsContext context, Set<String> names) {
        this.context = context;
        this.names = names;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        checkValidity(chain);
        context.material().trust().checkClientTrusted(chain, authType);
        checkName(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkValidity(chain);
        context.material().trust().checkClientTrusted(chain, authType, socket);
        checkName(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkValidity(chain);
        context.material().trust().checkClientTrusted(chain, authType, engine);
        checkName(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        checkValidity(chain);
        context.material().trust().checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkValidity(chain);
        context.material().trust().checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkValidity(chain);
        context.material().trust().checkServerTrusted(chain, authType, engine);
    }

    /** The JDK does not look at the dates of a certificate that is itself among the trusted ones. */
    private static void checkValidity(X509Certificate[] chain) throws CertificateException {
        if (chain.length > 0) {
            chain[0].checkValidity();
        }
    }

    private void checkName(X509Certificate[] chain) throws CertificateException {
        if (!names.isEmpty()) {
            Set<String> shown = CertificateNames.of(chain[0]);
            if (Collections.disjoint(shown, names)) {
                throw new NameNotAllowedException(String.join(", ", shown));
            }
        }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return context.material().trust().getAcceptedIssuers();
    }
}
