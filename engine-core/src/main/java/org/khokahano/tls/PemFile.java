package org.khokahano.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the bytes of a PEM file (RFC 7468). What it finds wrong names the file and the way out. */
final class PemFile {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----", Pattern.DOTALL);
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    private final Path file;
    private final List<Block> blocks = new ArrayList<>();

    private record Block(String label, String base64) {}

    PemFile(Path file, byte[] content) {
        this.file = file;
        Matcher matcher = BLOCK.matcher(new String(content, StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
    }

    /** All certificates, in the order of the file; at least one. */
    List<X509Certificate> certificates() throws TlsFileException {
        List<X509Certificate> found = new ArrayList<>();
        for (Block block : blocks) {
            if (block.label().endsWith("CERTIFICATE")) {
                found.add(certificate(block, found.size() + 1));
            }
        }
        if (found.isEmpty()) {
            throw new TlsFileException(
                    file, "has no certificate" + whatItHas(), "it needs a block '-----BEGIN CERTIFICATE-----'");
        }
        return found;
    }

    private X509Certificate certificate(Block block, int number) throws TlsFileException {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(decoded(block)));
        } catch (CertificateException e) {
            throw new TlsFileException(file, "certificate " + number + " is damaged", "export it again", e);
        }
    }

    /** The only private key. */
    PrivateKey privateKey() throws TlsFileException {
        for (Block block : blocks) {
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return pkcs8(decoded(block));
                }
                case "RSA PRIVATE KEY" -> {
                    rejectEncrypted(block);
                    return pkcs8(DerKeys.fromPkcs1(decoded(block)));
                }
                case "EC PRIVATE KEY" -> {
                    rejectEncrypted(block);
                    return pkcs8(fromSec1(block));
                }
                case "ENCRYPTED PRIVATE KEY" -> throw encrypted();
                default -> {
                    // Certificates and parameters may stand in the same file.
                }
            }
        }
        throw new TlsFileException(
                file, "has no private key" + whatItHas(), "it needs a block '-----BEGIN PRIVATE KEY-----'");
    }

    private byte[] fromSec1(Block block) throws TlsFileException {
        try {
            return DerKeys.fromSec1(decoded(block));
        } catch (IllegalArgumentException e) {
            throw new TlsFileException(
                    file, "the EC key cannot be read", "convert it with 'openssl pkcs8 -topk8 -nocrypt'", e);
        }
    }

    private void rejectEncrypted(Block block) throws TlsFileException {
        if (block.base64().contains("ENCRYPTED")) {
            throw encrypted();
        }
    }

    private TlsFileException encrypted() {
        return new TlsFileException(
                file, "the private key has a passphrase", "remove it with 'openssl pkey' and protect the file instead");
    }

    private PrivateKey pkcs8(byte[] der) throws TlsFileException {
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (GeneralSecurityException e) {
                // The next algorithm may fit; if none does, the error below says so.
            }
        }
        throw new TlsFileException(
                file, "the private key is damaged or of a kind that is not known here", "RSA, EC and EdDSA are known");
    }

    private byte[] decoded(Block block) throws TlsFileException {
        try {
            return Base64.getMimeDecoder().decode(block.base64().getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw new TlsFileException(file, "the block " + block.label() + " is not base64", "export it again", e);
        }
    }

    private String whatItHas() {
        return blocks.isEmpty()
                ? ", and no PEM block at all (DER is not read)"
                : ", but only: "
                        + String.join(", ", blocks.stream().map(Block::label).toList());
    }
}
