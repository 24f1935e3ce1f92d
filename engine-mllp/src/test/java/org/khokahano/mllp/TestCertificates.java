package org.khokahano.mllp;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.khokahano.tls.TlsFiles;

/** An invented certificate authority and what it signs, as PEM files in a directory. */
final class TestCertificates {
    private static final AtomicLong SERIAL = new AtomicLong(1);

    private final Path directory;
    private final KeyPair authorityKeys;
    private final X509Certificate authority;

    TestCertificates(Path directory, String name) throws Exception {
        this.directory = directory;
        Files.createDirectories(directory);
        this.authorityKeys = keys();
        this.authority = sign(name, authorityKeys, authorityKeys, name, Duration.ofDays(100), true);
        Files.writeString(authorityFile(), pem(authority));
    }

    Path authorityFile() {
        return directory.resolve("ca.pem");
    }

    /** Writes {@code name.pem} and {@code name.key}. */
    TlsFiles issue(String name) throws Exception {
        return issue(name, name, Duration.ofDays(30));
    }

    /**
     * @param file the files' name
     * @param name the common name and, where it can be one, the alternative name
     * @param validity negative for a certificate that ended so long ago
     */
    TlsFiles issue(String file, String name, Duration validity) throws Exception {
        KeyPair keys = keys();
        X509Certificate certificate = sign(name, keys, authorityKeys, subject(authority), validity, false);
        Path certificateFile = directory.resolve(file + ".pem");
        Path keyFile = directory.resolve(file + ".key");
        replace(certificateFile, pem(certificate) + pem(authority));
        replace(keyFile, pem(new PemObject("PRIVATE KEY", keys.getPrivate().getEncoded())));
        return new TlsFiles(certificateFile, keyFile, authorityFile());
    }

    static void replace(Path file, String content) throws IOException {
        Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), content);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName().substring("CN=".length());
    }

    private static X509Certificate sign(
            String name, KeyPair keys, KeyPair issuer, String issuerName, Duration validity, boolean isAuthority)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        Instant end = Instant.now().plus(validity);
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name("CN=" + issuerName),
                BigInteger.valueOf(SERIAL.getAndIncrement()),
                Date.from(Instant.now().minus(Duration.ofDays(50))),
                Date.from(end),
                new X500Name("CN=" + name),
                keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
        if (!isAuthority) {
            int kind = name.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName;
            builder.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(kind, name)));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate())));
    }

    static String pem(Object object) throws IOException {
        StringWriter out = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(out)) {
            writer.writeObject(object);
        }
        return out.toString();
    }
}
