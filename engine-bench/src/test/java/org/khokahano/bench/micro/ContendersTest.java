package org.khokahano.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.khokahano.config.EngineConfig;
import org.khokahano.engine.RehearsedMessage;
import org.khokahano.mapping.MappingOutcome;
import org.khokahano.message.Message;

/** What is compared does the same work. */
@Tag("socket")
class ContendersTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldMakeTheSameMessageInEachContender(boolean result) throws Exception {
        byte[] received = received(result);
        TerserMapping terser = new TerserMapping(result ? MappingBenchmark.OBSERVATIONS : 0);
        List<List<String>> own = fields(mapped(received, result));

        assertThat(own).isNotEqualTo(fields(received));
        assertThat(fields(terser.apply(new String(received, StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(own);
        try (CamelMapping camel = new CamelMapping(terser)) {
            assertThat(fields(camel.apply(received))).isEqualTo(own);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldMakeTheSameMessageByTheConfigurationOfTheWholeProcess(boolean result) throws Exception {
        byte[] received = received(result);

        RehearsedMessage outcome =
                FiftyRoutes.rehearsal(FiftyRoutes.read()).receive("in", received, 1_790_000_000_000L);

        assertThat(outcome.deliveries()).singleElement().satisfies(delivery -> {
            assertThat(delivery.held()).isEmpty();
            assertThat(delivery.payload()).isEqualTo(mapped(received, result));
        });
    }

    @Test
    void shouldAskFiftyConditions() {
        EngineConfig config = FiftyRoutes.read();

        assertThat(FiftyRoutes.unmapped(config)).hasSize(50).allMatch(route -> route.when() != null);
    }

    private static byte[] received(boolean result) {
        return (result ? SampleMessages.result(MappingBenchmark.OBSERVATIONS) : SampleMessages.admission())
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] mapped(byte[] received, boolean result) throws Exception {
        MappingOutcome outcome = ThirtySteps.mapping(result).apply(Message.read(received), MappingBenchmark.ORIGIN);
        return ((MappingOutcome.Mapped) outcome).messages().get(0).bytes();
    }

    /** Each segment's fields; HAPI drops what is empty at the end of a field and of a segment. */
    private static List<List<String>> fields(byte[] message) {
        return Stream.of(new String(message, StandardCharsets.UTF_8).split("\r"))
                .map(segment -> segment.replaceAll("[|]+$", ""))
                .map(segment -> Arrays.stream(segment.split("[|]"))
                        .map(field -> field.equals("^~\\&") ? field : field.replaceAll("[\\^&~]+$", ""))
                        .toList())
                .toList();
    }
}
