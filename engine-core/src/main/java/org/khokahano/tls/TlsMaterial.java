package org.khokahano.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What one reading of the files gave; never changed, so that a handshake sees certificate and key of
 * the same reading.
 *
 * @param number counts the readings from 1
 * @param chain the own certificate and its chain; empty where none is shown
 */
record TlsMaterial(
        int number, List<X509Certificate> chain, @Nullable PrivateKey key, X509ExtendedTrustManager trust) {

    /** Certificates are some kilobytes; a longer file is a mistake. */
    private static final long MAX_FILE_BYTES = 4L << 20;

    /** Reads all files, each once. Blocks. */
    static Map<Path, byte[]> read(TlsFiles files) throws TlsFileException {
        Map<Path, byte[]> contents = new HashMap<>();
        for (Path file : files.all()) {
            contents.put(file, read(file));
        }
        return contents;
    }

    /** Reads one file. Blocks. */
    static byte[] read(Path file) throws TlsFileException {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new TlsFileException(file, "is larger than " + MAX_FILE_BYTES + " bytes", "is it a PEM file?");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new TlsFileException(file, "does not exist", "", e);
        } catch (TlsFileException e) {
            throw e;
        } catch (IOException e) {
            throw new TlsFileException(
                    file, "cannot be read (" + e.getClass().getSimpleName() + ")", "check its permissions", e);
        }
    }

    static TlsMaterial parse(int number, TlsFiles files, Map<Path, byte[]> contents) throws TlsFileException {
        List<X509Certificate> chain = List.of();
        PrivateKey key = null;
        Path certificate = files.certificate();
        Path keyFile = files.key();
        if (certificate != null && keyFile != null) {
            chain = List.copyOf(pem(certificate, contents).certificates());
            key = pem(keyFile, contents).privateKey();
            checkPair(certificate, chain.get(0), keyFile, key);
        }
        return new TlsMaterial(number, chain, key, trust(files.authorities(), contents));
    }

    private static PemFile pem(Path file, Map<Path, byte[]> contents) {
        byte[] content = contents.get(file);
        if (content == null) {
            throw new IllegalArgumentException(file + " was not read");
        }
        return new PemFile(file, content);
    }

    static void checkPair(Path file, X509Certificate certificate, Path keyFile, PrivateKey key)
            throws TlsFileException {
        boolean pair = false;
        try {
            String algorithm = switch (key.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> key.getAlgorithm();
            };
            byte[] probe = certificate.getTBSCertificate();
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(probe);
            byte[] signature = signer.sign();
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(probe);
            pair = verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // A key of another kind than the certificate's cannot be its key.
            pair = false;
        }
        if (!pair) {
            throw new TlsFileException(
                    keyFile,
                    "is not the key of the first certificate in " + file.getFileName(),
                    "the own certificate stands first there");
        }
    }

    private static X509ExtendedTrustManager trust(@Nullable Path authorities, Map<Path, byte[]> contents)
            throws TlsFileException {
        try {
            KeyStore store = null;
            if (authorities != null) {
                store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                int number = 0;
                for (X509Certificate authority : pem(authorities, contents).certificates()) {
                    store.setCertificateEntry("authority-" + ++number, authority);
                }
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            for (TrustManager trust : factory.getTrustManagers()) {
                if (trust instanceof X509ExtendedTrustManager found) {
                    return found;
                }
            }
            throw new IllegalStateException("this JDK has no X.509 trust manager");
        } catch (TlsFileException e) {
            throw e;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this JDK cannot hold certificates in memory", e);
        }
    }

    /** When the first of the own certificates expires, in milliseconds since 1970; 0 where there is none. */
    long expiryMillis() {
        return chain.stream()
                .mapToLong(certificate -> certificate.getNotAfter().getTime())
                .min()
                .orElse(0);
    }
}
