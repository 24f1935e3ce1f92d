package org.khokahano.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.StandardConstants;

/** Keeps the names that clients of a port ask for (RFC 6066 3), and has all of them. */
final class RecordingNames extends SNIMatcher {

    private final List<String> asked = new CopyOnWriteArrayList<>();

    private RecordingNames() {
        super(StandardConstants.SNI_HOST_NAME);
    }

    static List<String> on(SSLServerSocket port) {
        RecordingNames names = new RecordingNames();
        SSLParameters parameters = port.getSSLParameters();
        parameters.setSNIMatchers(List.of(names));
        port.setSSLParameters(parameters);
        return names.asked;
    }

    @Override
    public boolean matches(SNIServerName name) {
        asked.add(new String(name.getEncoded(), StandardCharsets.US_ASCII));
        return true;
    }
}
