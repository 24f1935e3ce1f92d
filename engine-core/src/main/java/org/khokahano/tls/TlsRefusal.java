package org.khokahano.tls;

import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a handshake failed, in words for logs and counters. */
public enum TlsRefusal {
    EXPIRED("certificateExpired", "the certificate has expired"),
    NOT_YET_VALID("certificateNotYetValid", "the certificate is not valid yet; do the clocks agree?"),
    UNKNOWN_AUTHORITY("unknownAuthority", "nobody whom we trust has signed the certificate"),
    NO_CERTIFICATE("noClientCertificate", "the client showed no certificate"),
    NAME_NOT_ALLOWED("nameNotAllowed", "the certificate bears no name that is allowed"),
    WRONG_NAME("wrongServerName", "the certificate does not bear the partner's name"),
    BY_PEER("refusedByPeer", "the other side refused us"),
    NOT_TLS("notTls", "what came is not TLS"),
    TIMEOUT("handshakeTimeout", "the handshake did not end in time"),
    CLOSED("closedInHandshake", "the other side left during the handshake"),
    NO_AGREEMENT("noCommonTls", "the two sides have no version or cipher in common"),
    OTHER("tlsError", "the handshake failed");

    private static final Pattern ALERT_NAME = Pattern.compile("^\\([a-z_]+\\) ");

    private final String reason;
    private final String sentence;

    TlsRefusal(String reason, String sentence) {
        this.reason = reason;
        this.sentence = sentence;
    }

    /** The code in counters. */
    public String reason() {
        return reason;
    }

    /** The sentence in logs. */
    public String sentence() {
        return sentence;
    }

    /** The sentence, with the other side's alert or the certificate's names where they tell more. */
    public String sentenceFor(Throwable failure) {
        if (this == BY_PEER || this == NAME_NOT_ALLOWED) {
            for (Throwable each = failure; each != null; each = each.getCause()) {
                if (ofOne(each) == this) {
                    return sentence + " (" + each.getMessage() + ')';
                }
            }
        }
        return sentence;
    }

    /**
     * What made the handshake fail, as far as the JDK's exceptions tell. Those without a type of their
     * own are told by their message, which OpenJDK has kept since version 11.
     */
    public static TlsRefusal of(Throwable failure) {
        int depth = 0;
        for (Throwable each = failure; each != null && depth < 20; each = each.getCause(), depth++) {
            TlsRefusal refusal = ofOne(each);
            if (refusal != null) {
                return refusal;
            }
        }
        return OTHER;
    }

    private static @Nullable TlsRefusal ofOne(Throwable failure) {
        if (failure instanceof CertificateExpiredException) {
            return EXPIRED;
        }
        if (failure instanceof CertificateNotYetValidException) {
            return NOT_YET_VALID;
        }
        if (failure instanceof NameNotAllowedException) {
            return NAME_NOT_ALLOWED;
        }
        if (failure instanceof SocketTimeoutException) {
            return TIMEOUT;
        }
        if (failure instanceof CertPathBuilderException
                || (failure instanceof CertPathValidatorException && failure.getCause() == null)) {
            return UNKNOWN_AUTHORITY;
        }
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof CertificateException
                && (message.startsWith("No subject alternative") || message.startsWith("No name matching"))) {
            return WRONG_NAME;
        }
        // From JDK 21 on the alert's name stands in front of the message.
        return failure instanceof SSLException
                ? ofMessage(ALERT_NAME.matcher(message).replaceFirst(""))
                : null;
    }

    private static @Nullable TlsRefusal ofMessage(String message) {
        if (message.startsWith("Empty client certificate chain") || message.startsWith("Empty server certificate")) {
            return NO_CERTIFICATE;
        }
        if (message.startsWith("Received fatal alert")) {
            return BY_PEER;
        }
        if (message.startsWith("not an SSL/TLS record") || message.startsWith("Unsupported or unrecognized SSL")) {
            return NOT_TLS;
        }
        if (message.startsWith("no cipher suites in common")
                || message.startsWith("No appropriate protocol")
                || message.startsWith("The client supported protocol versions")
                || message.startsWith("Client requested protocol")
                || message.startsWith("The server selected protocol version")
                || message.startsWith("Server selected improper ciphersuite")) {
            return NO_AGREEMENT;
        }
        if (message.startsWith("Remote host terminated the handshake")) {
            return CLOSED;
        }
        return null;
    }
}
