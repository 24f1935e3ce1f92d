package org.khokahano.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.khokahano.tls.ClientTlsSettings;
import org.khokahano.tls.TlsContext;
import org.khokahano.tls.TlsFiles;

/** The JDK's own TLS, with certificates of a test. */
final class TlsClients {

    private TlsClients() {}

    /** For either side of a connection. */
    static SSLContext context(TlsFiles files) throws Exception {
        TlsContext certificates = TlsContext.client("test", new ClientTlsSettings(files, null, true));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                new KeyManager[] {certificates.keyManager()}, new TrustManager[] {certificates.trustManager()}, null);
        return context;
    }

    static SSLSocket socket(SSLContext context, InetSocketAddress address) throws IOException {
        return (SSLSocket) context.getSocketFactory().createSocket(address.getAddress(), address.getPort());
    }
}
