package org.khokahano.tls;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of one side and tells all that is wrong with them, where {@link TlsContext} stops at
 * the first. For a look at a configuration before anything is opened.
 */
public final class TlsFilesCheck {

    /** Which of the files. */
    public enum Part {
        CERTIFICATE,
        KEY,
        AUTHORITIES
    }

    /**
     * Something wrong with a file.
     *
     * @param usable whether TLS can be set up with it; then handshakes will fail, now or soon
     * @param problem one sentence that begins with the file's name
     * @param advice what to do about it, or empty
     */
    public record Finding(Part part, boolean usable, String problem, String advice) {}

    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

    private final Instant now;
    private final List<Finding> findings = new ArrayList<>();

    private TlsFilesCheck(Instant now) {
        this.now = now;
    }

    /**
     * Checks the files. Blocks on the disk.
     *
     * @param now the time at which certificates are to be valid
     */
    public static List<Finding> check(TlsFiles files, Instant now) {
        TlsFilesCheck check = new TlsFilesCheck(now);
        Path certificate = files.certificate();
        Path key = files.key();
        if (certificate != null && key != null) {
            check.own(certificate, key);
        }
        Path authorities = files.authorities();
        if (authorities != null) {
            check.certificates(Part.AUTHORITIES, authorities);
        }
        return List.copyOf(check.findings);
    }

    private void own(Path certificateFile, Path keyFile) {
        List<X509Certificate> chain = certificates(Part.CERTIFICATE, certificateFile);
        PrivateKey key = key(keyFile);
        if (!chain.isEmpty() && key != null) {
            try {
                TlsMaterial.checkPair(certificateFile, chain.get(0), keyFile, key);
            } catch (TlsFileException e) {
                unusable(Part.KEY, e);
            }
        }
    }

    /** Empty where they cannot be read. */
    private List<X509Certificate> certificates(Part part, Path file) {
        try {
            List<X509Certificate> certificates = new PemFile(file, TlsMaterial.read(file)).certificates();
            for (int index = 0; index < certificates.size(); index++) {
                String name = file.getFileName() + ": certificate " + (index + 1) + " of " + certificates.size();
                checkDates(part, name, certificates.get(index));
            }
            return certificates;
        } catch (TlsFileException e) {
            unusable(part, e);
            return List.of();
        }
    }

    private @Nullable PrivateKey key(Path file) {
        try {
            return new PemFile(file, TlsMaterial.read(file)).privateKey();
        } catch (TlsFileException e) {
            unusable(Part.KEY, e);
            return null;
        }
    }

    private void checkDates(Part part, String name, X509Certificate certificate) {
        Instant begin = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        if (now.isBefore(begin)) {
            findings.add(new Finding(
                    part,
                    true,
                    name + " is not valid before " + DAY.format(begin),
                    "check this machine's clock; until then handshakes with it fail"));
        } else if (now.isAfter(end)) {
            findings.add(new Finding(
                    part,
                    true,
                    name + " expired on " + DAY.format(end),
                    "handshakes with it fail; replace the file, which needs no restart"));
        } else if (now.isAfter(end.minus(TlsContext.EXPIRES_SOON))) {
            findings.add(new Finding(
                    part,
                    true,
                    name + " expires on " + DAY.format(end),
                    "replace the file before that; it needs no restart"));
        }
    }

    private void unusable(Part part, TlsFileException e) {
        findings.add(new Finding(part, false, e.file().getFileName() + ": " + e.problem(), e.advice()));
    }
}
