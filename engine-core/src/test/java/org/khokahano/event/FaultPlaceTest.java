package org.khokahano.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class FaultPlaceTest {

    @Test
    @DisplayName("A fault is told by its class and places, and never by its text")
    void shouldTellPlacesAlone() {
        Throwable own = new IllegalStateException("Lerato");
        assertThat(FaultPlace.of(own))
                .startsWith("java.lang.IllegalStateException at ")
                .doesNotContain("Lerato", "called by");
        Throwable library = catchThrowable(() -> List.of("Lerato").get(7));
        assertThat(FaultPlace.of(library))
                .startsWith("java.lang.IndexOutOfBoundsException at java.base/")
                .contains(", called by org.khokahano.event.FaultPlaceTest.")
                .doesNotContain("Lerato");
        assertThat(FaultPlace.of(new IllegalStateException("Lerato", library)))
                .contains(", caused by java.lang.IndexOutOfBoundsException at java.base/")
                .doesNotContain("Lerato");
        library.setStackTrace(new StackTraceElement[0]);
        assertThat(FaultPlace.of(library)).isEqualTo("java.lang.IndexOutOfBoundsException at an unknown place");
    }
}
