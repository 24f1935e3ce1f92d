package org.khokahano.tls;

import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates of one listener or destination. Its key and trust managers stay the same objects
 * for ever and show what the files hold now: a replaced certificate counts from the next handshake on,
 * without a restart, and connections that are open stay open. Files that cannot be used leave the ones
 * before in force.
 */
public final class TlsContext {

    /** RFC 9325 (BCP 195) 3.1. */
    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /** RFC 9325 (BCP 195) 4.2: only with forward secrecy and authenticated encryption. */
    public static final List<String> CIPHERS = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

    /**
     * For how long, in seconds, a client resumes a session, in which the partner shows no certificate.
     * The JDK's day would let a partner in that long after it lost our trust; 0 would be for ever.
     */
    public static final long CLIENT_SESSION_SECONDS = 1;

    /** How long before the end of a certificate each reading of the files warns. */
    static final Duration EXPIRES_SOON = Duration.ofDays(14);

    private static final Logger LOG = LoggerFactory.getLogger(TlsContext.class);

    private final String owner;
    private final TlsFiles files;
    private final ReloadingKeys keyManager = new ReloadingKeys(this);
    private final ReloadingTrust trustManager;
    private volatile TlsMaterial material;
    private volatile TlsMaterial before;
    private volatile long reloads;
    private volatile long failedReloads;
    private Map<Path, byte[]> contents;
    private String lastProblem = "";

    private TlsContext(String owner, TlsFiles files, Set<String> names) throws TlsFileException {
        this.owner = owner;
        this.files = files;
        Set<String> lowerCase =
                names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        this.trustManager = new ReloadingTrust(this, lowerCase);
        this.contents = TlsMaterial.read(files);
        this.material = TlsMaterial.parse(1, files, contents);
        this.before = material;
        warnIfItExpires();
    }

    /**
     * Reads the files of a server. Blocks.
     *
     * @param owner as logs and metrics are to name it, such as {@code listener qmmh-ehr}
     * @throws TlsFileException which names the file and what is wrong with it
     */
    public static TlsContext server(String owner, ServerTlsSettings settings) throws TlsFileException {
        return new TlsContext(owner, settings.files(), settings.names());
    }

    /** Reads the files of a client. Blocks; errors as {@link #server}. */
    public static TlsContext client(String owner, ClientTlsSettings settings) throws TlsFileException {
        return new TlsContext(owner, settings.files(), Set.of());
    }

    /** Whose certificates these are. */
    public String owner() {
        return owner;
    }

    /** Whether there is a certificate to show. */
    public boolean hasCertificate() {
        return !material.chain().isEmpty();
    }

    public X509ExtendedKeyManager keyManager() {
        return keyManager;
    }

    public X509ExtendedTrustManager trustManager() {
        return trustManager;
    }

    /** When the own certificate or one of its chain expires, in milliseconds since 1970; 0 without one. */
    public long certificateExpiryMillis() {
        return material.expiryMillis();
    }

    /** How often changed files came into force. */
    public long reloads() {
        return reloads;
    }

    /** How often changed files could not be used. */
    public long failedReloads() {
        return failedReloads;
    }

    /**
     * Reads the files again if their content changed, whichever way it did: written over, renamed, or
     * behind a link that was pointed elsewhere. Blocks.
     *
     * @return whether new certificates are in force now
     */
    public synchronized boolean reloadIfChanged() {
        try {
            Map<Path, byte[]> now = TlsMaterial.read(files);
            if (same(now)) {
                lastProblem = "";
                return false;
            }
            TlsMaterial next = TlsMaterial.parse(material.number() + 1, files, now);
            contents = now;
            before = material;
            material = next;
            reloads = reloads + 1;
            lastProblem = "";
            LOG.info("{}: changed certificates are in force", owner);
            warnIfItExpires();
            return true;
        } catch (TlsFileException e) {
            failed(String.valueOf(e.getMessage()));
            return false;
        }
    }

    /** Whether the files hold something else than is in force, usable or not. Blocks. */
    public synchronized boolean isChanged() {
        try {
            return !same(TlsMaterial.read(files));
        } catch (TlsFileException e) {
            return true;
        }
    }

    /** Counted and said once for each new problem: certificate and key are rarely replaced at one moment. */
    private void failed(String problem) {
        if (!problem.equals(lastProblem)) {
            lastProblem = problem;
            failedReloads = failedReloads + 1;
            LOG.error("{}: the changed certificates cannot be used, those before stay in force: {}", owner, problem);
        }
    }

    private boolean same(Map<Path, byte[]> now) {
        return contents.entrySet().stream().allMatch(entry -> Arrays.equals(entry.getValue(), now.get(entry.getKey())));
    }

    private void warnIfItExpires() {
        long expiry = material.expiryMillis();
        long left = expiry - System.currentTimeMillis();
        if (expiry != 0 && left < EXPIRES_SOON.toMillis()) {
            LOG.warn(
                    "{}: the certificate {} in {} days",
                    owner,
                    left < 0 ? "expired; it ended" : "expires",
                    Duration.ofMillis(left).toDays());
        }
    }

    /**
     * Checks a peer again after the handshake. A resumed session brings its certificate along unchecked,
     * and whom it showed may have lost our trust since.
     *
     * @throws CertificateException if it may not connect any more
     */
    public void checkClient(SSLSession session) throws CertificateException {
        try {
            X509Certificate[] chain = Arrays.stream(session.getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
            trustManager.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
        } catch (SSLPeerUnverifiedException e) {
            // It showed none; whether it had to was decided in the handshake.
            return;
        }
    }

    TlsMaterial material() {
        return material;
    }

    /** The reading of that number, if it is the latest or the one before. */
    @Nullable
    TlsMaterial material(String number) {
        TlsMaterial latest = material;
        if (Integer.toString(latest.number()).equals(number)) {
            return latest;
        }
        TlsMaterial earlier = before;
        return Integer.toString(earlier.number()).equals(number) ? earlier : null;
    }
}
