package org.khokahano.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Objects;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class TlsFilesTest {

    @TempDir
    private Path directory;

    private TestCertificates certificates;
    private TlsFiles files;
    private Path key;
    private Path certificate;

    @BeforeEach
    void issue() throws Exception {
        certificates = new TestCertificates(directory, "Our CA");
        files = certificates.issue("hub.example");
        key = Objects.requireNonNull(files.key());
        certificate = Objects.requireNonNull(files.certificate());
    }

    private TlsContext open() throws TlsFileException {
        return TlsContext.server("listener test", ServerTlsSettings.of(files));
    }

    private void assertRefused(Path file, String... words) {
        assertThatThrownBy(this::open)
                .isInstanceOf(TlsFileException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContainingAll(words);
    }

    @Test
    @DisplayName("F18 keys in SEC 1 and in PKCS#8 are read, of EC; PKCS#1 of RSA as far as its certificate")
    void shouldReadKeysInEveryCommonEncoding() throws Exception {
        assertThat(open().hasCertificate()).isTrue();
        try (var parser = new PEMParser(Files.newBufferedReader(key))) {
            ECPrivateKey held = ECPrivateKey.getInstance(((PrivateKeyInfo) parser.readObject()).parsePrivateKey());
            ECPrivateKey sec1 = new ECPrivateKey(256, held.getKey(), SECObjectIdentifiers.secp256r1);
            Files.writeString(key, TestCertificates.pem(new PemObject("EC PRIVATE KEY", sec1.getEncoded())));
        }
        assertThat(open().hasCertificate()).isTrue();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair rsa = generator.generateKeyPair();
        String pkcs1 = TestCertificates.pem(rsa.getPrivate());
        assertThat(pkcs1).contains("BEGIN RSA PRIVATE KEY");
        Files.writeString(key, pkcs1);
        assertRefused(key, "is not the key of the first certificate in");
    }

    @Test
    @DisplayName("F18 a file that is missing, empty, of another kind or damaged is named with what is wrong")
    void shouldNameTheFileAndWhatIsWrong() throws Exception {
        String goodKey = Files.readString(key);
        Files.writeString(key, "");
        assertRefused(key, "has no private key", "no PEM block");
        Files.writeString(key, Files.readString(certificate));
        assertRefused(key, "has no private key", "but only: CERTIFICATE");
        Files.writeString(key, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
        assertRefused(key, "has a passphrase", "openssl pkey");
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertRefused(key, "damaged");
        Files.writeString(key, "-----BEGIN EC PRIVATE KEY-----\nMIIB\n-----END EC PRIVATE KEY-----\n");
        assertRefused(key, "the EC key cannot be read");
        Files.writeString(key, goodKey);
        String goodCertificate = Files.readString(certificate);
        Files.writeString(certificate, goodKey);
        assertRefused(certificate, "has no certificate");
        Files.writeString(certificate, "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
        assertRefused(certificate, "certificate 1 is damaged");
        Files.writeString(certificate, goodCertificate);
        Files.delete(certificates.authorityFile());
        assertRefused(certificates.authorityFile(), "does not exist");
    }

    @Test
    @DisplayName("F18 a link that is pointed elsewhere, as Kubernetes does, is a change")
    void shouldSeeALinkThatIsPointedElsewhere() throws Exception {
        TlsFiles next = new TestCertificates(directory.resolve("next"), "Next CA").issue("hub.example");
        Path data = Files.createDirectory(directory.resolve("..1"));
        Path link = directory.resolve("..data");
        Files.copy(certificate, data.resolve("tls.crt"));
        Files.copy(key, data.resolve("tls.key"));
        Files.createSymbolicLink(link, data);
        files = new TlsFiles(link.resolve("tls.crt"), link.resolve("tls.key"), null);
        TlsContext context = open();
        assertThat(context.reloadIfChanged()).isFalse();
        Path newer = Files.createDirectory(directory.resolve("..2"));
        Files.copy(Objects.requireNonNull(next.certificate()), newer.resolve("tls.crt"));
        Files.copy(Objects.requireNonNull(next.key()), newer.resolve("tls.key"));
        Path swap = Files.createSymbolicLink(directory.resolve("..swap"), newer);
        Files.move(swap, link, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        assertThat(context.reloadIfChanged()).isTrue();
        assertThat(context.reloads()).isEqualTo(1);
    }
}
