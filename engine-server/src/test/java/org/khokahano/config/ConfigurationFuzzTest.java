package org.khokahano.config;

import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.fuzz.FuzzRun;

class ConfigurationFuzzTest {
    private final FuzzRun run = new FuzzRun(ConfigurationFuzz.class);

    @Test
    @Tag("unit")
    @DisplayName("Kept configurations are read or refused with a reason")
    void shouldTakeEveryKeptInput() throws IOException, NoSuchMethodException {
        run.replay();
    }

    @Test
    @Tag("crash")
    @DisplayName("Jazzer finds no configuration that breaks the reader, hangs it or fills the heap")
    void shouldTakeWhateverJazzerTries() throws IOException, InterruptedException {
        run.fuzz();
    }
}
