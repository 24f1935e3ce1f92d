package org.khokahano.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.khokahano.cases.Coverage;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.EngineConfig;
import org.khokahano.engine.Rehearsal;
import org.khokahano.engine.RehearsedMessage;

/** A benchmark whose engine refuses its messages measures refusals. */
@Tag("unit")
class BenchmarkConfigurationTest {
    private static final int PATIENTS = 50;

    @ParameterizedTest
    @ValueSource(strings = {"fifty-routes", "validated"})
    void shouldDeliverEveryMessageOfTheLoad(String name) {
        EngineConfig config = ConfigurationReader.read(Path.of("config", name), variable -> Optional.empty())
                .config()
                .orElseThrow();
        Rehearsal rehearsal = new Rehearsal(config, new Coverage(config));
        MessageTemplates templates = new MessageTemplates("KB0001", PATIENTS, 1);

        for (int patient = 0; patient < PATIENTS; patient++) {
            ByteBuf frame = templates.frame(UnpooledByteBufAllocator.DEFAULT, patient, patient, 1);
            byte[] message = new byte[frame.readableBytes() - 3];
            frame.getBytes(1, message);
            frame.release();

            RehearsedMessage outcome = rehearsal.receive("in", message, 1_793_000_000_000L);
            assertThat(outcome.refused()).isEmpty();
            assertThat(outcome.deliveries())
                    .singleElement()
                    .satisfies(delivery -> assertThat(delivery.held()).isEmpty());
        }
    }
}
