package org.khokahano.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message through a mapping from socket to socket. */
@Tag("socket")
class MappingEngineTest {

    @TempDir
    private Path directory;

    private final ScriptedPartner partner = new ScriptedPartner();

    private EngineUnderTest start() throws IOException {
        Files.writeString(directory.resolve("registry.yaml"), """
                mapping: registry
                steps:
                  - {set: MSH-5, to: REGISTRY}
                  - {set: PID-5.1, from: PID-5.1, as: upper}
                  - {set: PID-7, from: PID-7, as: "date(dd/MM/yyyy, yyyyMMdd)"}
                """);
        EngineUnderTest under = new EngineUnderTest(directory, partner.port(), "map: [registry.yaml]");
        under.start();
        return under;
    }

    @AfterEach
    void stop() throws IOException {
        partner.close();
    }

    @Test
    void shouldDeliverWhatTheMappingMade() throws IOException {
        String admission = EngineUnderTest.admission("M1", "4711", "Mokoena^Palesa||03/02/1990");

        try (EngineUnderTest under = start()) {
            assertThat(under.exchange(admission)).contains("MSA|AA|M1");

            Awaitility.await()
                    .untilAsserted(() -> assertThat(partner.received()).hasSize(1));
            assertThat(partner.received().get(0)).contains("|REGISTRY|").contains("MOKOENA^Palesa||19900203");
        }
    }

    @Test
    void shouldAcceptAndHoldWhatCannotBeMapped() throws IOException, InterruptedException {
        String admission = EngineUnderTest.admission("M2", "4711", "Mokoena^Palesa||someday");

        try (EngineUnderTest under = start()) {
            assertThat(under.exchange(admission)).contains("MSA|AA|M2");

            Awaitility.await()
                    .untilAsserted(() -> assertThat(under.get("/api/messages/1").body())
                            .contains("HELD")
                            .contains("mapping registry, step 3 (set PID-7): PID[1]-7")
                            .doesNotContain("someday"));
            assertThat(partner.received()).isEmpty();
        }
    }
}
