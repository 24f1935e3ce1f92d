package org.khokahano.profile;

import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.khokahano.fuzz.FuzzRun;

class ProfileFuzzTest {
    @ParameterizedTest
    @ValueSource(classes = {ProfileFuzz.class, ProfileImportFuzz.class})
    @Tag("unit")
    @DisplayName("Kept profiles are read or refused with a reason")
    void shouldTakeEveryKeptInput(Class<?> target) throws IOException, NoSuchMethodException {
        new FuzzRun(target).replay();
    }

    @ParameterizedTest
    @ValueSource(classes = {ProfileFuzz.class, ProfileImportFuzz.class})
    @Tag("crash")
    @DisplayName("Jazzer finds no profile that breaks its reader, hangs it or fills the heap")
    void shouldTakeWhateverJazzerTries(Class<?> target) throws IOException, InterruptedException {
        new FuzzRun(target).fuzz();
    }
}
