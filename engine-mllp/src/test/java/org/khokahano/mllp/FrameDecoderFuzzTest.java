package org.khokahano.mllp;

import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.fuzz.FuzzRun;

class FrameDecoderFuzzTest {
    private final FuzzRun run = new FuzzRun(FrameDecoderFuzz.class);

    @Test
    @Tag("unit")
    @DisplayName("R1 R2 R3 R4 kept streams tell the same in pieces")
    void shouldTakeEveryKeptInput() throws IOException, NoSuchMethodException {
        run.replay();
    }

    @Test
    @Tag("crash")
    @DisplayName("R1 R2 R3 R4 R6 Jazzer finds no stream that tells something else in pieces, breaks or hangs")
    void shouldTakeWhateverJazzerTries() throws IOException, InterruptedException {
        run.fuzz();
    }
}
