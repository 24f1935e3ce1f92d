package org.khokahano.bench.micro;

import ca.uhn.hl7v2.HL7Exception;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.khokahano.mapping.MappingOutcome;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.route.Origin;
import org.khokahano.transform.StepMapping;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A mapping of 30 steps from bytes to bytes, against the same steps in HAPI and in Camel. Of a result, two
 * of the steps are taken for each of 20 observations. Run it with {@link ThreadCpuProfiler}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 10, time = 2)
@Measurement(iterations = 9, time = 1)
@Fork(1)
public class MappingBenchmark {
    static final int OBSERVATIONS = 20;
    static final Origin ORIGIN = new Origin("in", "QMMH", 1_790_000_000_000L);

    /** Which message: an admission of about 900 bytes, or a result with 20 observations. */
    @Param({"ADT", "ORU"})
    public String type = "ADT";

    private byte[] bytes = {};
    private StepMapping mapping = ThirtySteps.mapping(false);
    private TerserMapping terser = new TerserMapping(0);
    private @Nullable CamelMapping camel;

    @Setup
    public void prepare() throws Exception {
        boolean result = type.equals("ORU");
        bytes = (result ? SampleMessages.result(OBSERVATIONS) : SampleMessages.admission())
                .getBytes(StandardCharsets.US_ASCII);
        mapping = ThirtySteps.mapping(result);
        terser = new TerserMapping(result ? OBSERVATIONS : 0);
        camel = new CamelMapping(terser);
    }

    @TearDown
    public void end() {
        CamelMapping running = camel;
        if (running != null) {
            running.close();
        }
    }

    @Benchmark
    public MappingOutcome khokahano() throws UnreadableMessageException {
        return mapping.apply(Message.read(bytes), ORIGIN);
    }

    @Benchmark
    public byte[] hapiTerser() throws HL7Exception {
        String mapped = terser.apply(new String(bytes, StandardCharsets.UTF_8));
        return mapped.getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    public byte[] camelHl7() {
        CamelMapping running = camel;
        if (running == null) {
            throw new IllegalStateException("not prepared");
        }
        return running.apply(bytes);
    }
}
