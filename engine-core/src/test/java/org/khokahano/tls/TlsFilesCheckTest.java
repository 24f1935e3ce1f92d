package org.khokahano.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.tls.TlsFilesCheck.Finding;
import org.khokahano.tls.TlsFilesCheck.Part;

@Tag("unit")
class TlsFilesCheckTest {

    @TempDir
    private Path directory;

    private TestCertificates certificates;

    @BeforeEach
    void begin() throws Exception {
        certificates = new TestCertificates(directory, "Our CA");
    }

    private static List<Finding> check(TlsFiles files) {
        return TlsFilesCheck.check(files, Instant.now());
    }

    @Test
    void shouldFindNothingWrongWithGoodFiles() throws Exception {
        assertThat(check(certificates.issue("hub.example"))).isEmpty();
        assertThat(check(new TlsFiles(null, null, null))).isEmpty();
    }

    @Test
    @DisplayName("F18 all files are looked at, not only the first that is wrong")
    void shouldTellOfEveryFileThatCannotBeUsed() throws Exception {
        TlsFiles files = certificates.issue("hub.example");
        Files.writeString(Objects.requireNonNull(files.certificate()), "");
        Files.writeString(Objects.requireNonNull(files.key()), "");
        Files.delete(certificates.authorityFile());
        List<Finding> findings = check(files);
        assertThat(findings).extracting(Finding::part).containsExactly(Part.CERTIFICATE, Part.KEY, Part.AUTHORITIES);
        assertThat(findings).noneMatch(Finding::usable);
        assertThat(findings)
                .extracting(Finding::problem)
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("hub.example.pem: has no certificate"),
                        problem -> assertThat(problem).startsWith("hub.example.key: has no private key"),
                        problem -> assertThat(problem).isEqualTo("ca.pem: does not exist"));
    }

    @Test
    @DisplayName("F18 a key that is another certificate's is told of at the key")
    void shouldTellOfAKeyThatIsNotTheCertificates() throws Exception {
        TlsFiles one = certificates.issue("hub.example");
        TlsFiles other = certificates.issue("lis.example");
        assertThat(check(new TlsFiles(one.certificate(), other.key(), null)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.part()).isEqualTo(Part.KEY);
                    assertThat(finding.usable()).isFalse();
                    assertThat(finding.problem())
                            .isEqualTo("lis.example.key: is not the key of the first certificate in hub.example.pem");
                });
    }

    @Test
    @DisplayName("F18 expired, soon to expire and not yet valid: usable, and worth a warning")
    void shouldWarnOfDates() throws Exception {
        assertDates(certificates.issue("old", "old.example", Duration.ofDays(-1)), "expired on");
        assertDates(certificates.issue("soon", "soon.example", Duration.ofDays(13)), "expires on");
        assertDates(
                certificates.issueFrom("later.example", Instant.now().plus(Duration.ofDays(1))), "not valid before");
        assertThat(check(certificates.issue("fine", "fine.example", Duration.ofDays(15))))
                .isEmpty();
    }

    private static void assertDates(TlsFiles files, String words) {
        assertThat(check(files)).singleElement().satisfies(finding -> {
            assertThat(finding.part()).isEqualTo(Part.CERTIFICATE);
            assertThat(finding.usable()).isTrue();
            assertThat(finding.problem()).contains("certificate 1 of 2", words);
        });
    }
}
