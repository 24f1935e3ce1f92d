package org.khokahano.fuzz;

import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.khokahano.expression.ExpressionFuzz;
import org.khokahano.message.MessageFuzz;
import org.khokahano.message.PathFuzz;
import org.khokahano.message.batch.BatchFuzz;

class FuzzTest {

    @Tag("unit")
    @ParameterizedTest
    @ValueSource(classes = {MessageFuzz.class, PathFuzz.class, BatchFuzz.class, ExpressionFuzz.class})
    @DisplayName("Inputs that are kept do what they should: those that broke something once among them")
    void shouldTakeEveryKeptInput(Class<?> target) throws IOException, NoSuchMethodException {
        new FuzzRun(target).replay();
    }

    @Tag("crash")
    @ParameterizedTest
    @ValueSource(classes = {MessageFuzz.class, PathFuzz.class, BatchFuzz.class, ExpressionFuzz.class})
    @DisplayName("R50 R52 R53 Jazzer finds no input that breaks, hangs or fills the heap")
    void shouldTakeWhateverJazzerTries(Class<?> target) throws IOException, InterruptedException {
        new FuzzRun(target).fuzz();
    }
}
