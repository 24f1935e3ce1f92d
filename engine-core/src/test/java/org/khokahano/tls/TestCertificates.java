package org.khokahano.tls;

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

/**
 * An invented certificate authority and what it signs, as PEM files in a directory. Other modules use
 * it by this module's test jar.
 */
public final class TestCertificates {
    private static final AtomicLong SERIAL = new AtomicLong(1);
    private static final Duration BEGUN_BEFORE = Duration.ofDays(50);

    private final Path directory;
    private final KeyPair authorityKeys;
    private final X509Certificate authority;

    public TestCertificates(Path directory, String name) throws Exception {
        this.directory = directory;
        Files.createDirectories(directory);
        this.authorityKeys = keys();
        this.authority = sign(
                name,
                authorityKeys,
                authorityKeys,
                name,
                Instant.now().minus(BEGUN_BEFORE),
                Instant.now().plus(Duration.ofDays(100)));
        Files.writeString(authorityFile(), pem(authority));
    }

    public Path authorityFile() {
        return directory.resolve("ca.pem");
    }

    /** Writes {@code name.pem} and {@code name.key}. */
    public TlsFiles issue(String name) throws Exception {
        return issue(name, name, Duration.ofDays(30));
    }

    /**
     * @param file the files' name
     * @param name the common name and, where it can be one, the alternative name
     * @param validity negative for a certificate that ended so long ago
     */
    public TlsFiles issue(String file, String name, Duration validity) throws Exception {
        Instant now = Instant.now();
        return write(file, name, now.minus(BEGUN_BEFORE), now.plus(validity));
    }

    private TlsFiles write(String file, String name, Instant begin, Instant end) throws Exception {
        KeyPair keys = keys();
        X509Certificate certificate = sign(name, keys, authorityKeys, subject(authority), begin, end);
        Path certificateFile = directory.resolve(file + ".pem");
        Path keyFile = directory.resolve(file + ".key");
        replace(certificateFile, pem(certificate) + pem(authority));
        replace(keyFile, pem(new PemObject("PRIVATE KEY", keys.getPrivate().getEncoded())));
        return new TlsFiles(certificateFile, keyFile, authorityFile());
    }

    /** A certificate that is valid only from then on, in files of that name. */
    public TlsFiles issueFrom(String file, Instant begin) throws Exception {
        return write(file, file, begin, begin.plus(Duration.ofDays(30)));
    }

    /** Puts other content in a file's place in one step, as one should. */
    public static void replace(Path file, String content) throws IOException {
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
            String name, KeyPair keys, KeyPair issuer, String issuerName, Instant begin, Instant end)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        boolean isAuthority = keys == issuer;
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name("CN=" + issuerName),
                BigInteger.valueOf(SERIAL.getAndIncrement()),
                Date.from(begin),
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

    public static String pem(Object object) throws IOException {
        StringWriter out = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(out)) {
            writer.writeObject(object);
        }
        return out.toString();
    }
}
