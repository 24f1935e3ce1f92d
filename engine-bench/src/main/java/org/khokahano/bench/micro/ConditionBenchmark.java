package org.khokahano.bench.micro;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.khokahano.config.EngineConfig;
import org.khokahano.event.EngineEvents;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.routing.RouteMatch;
import org.khokahano.routing.Routes;
import org.khokahano.store.NewDelivery;
import org.khokahano.table.CodeTables;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * A message planned by fifty routes, each with a condition that is asked; from bytes to deliveries, without
 * the mapping. Run it with {@link ThreadCpuProfiler}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 10, time = 2)
@Measurement(iterations = 9, time = 1)
@Fork(1)
public class ConditionBenchmark {

    /** Which message: an admission of about 900 bytes, or a result with 20 observations. */
    @Param({"ADT", "ORU"})
    public String type = "ADT";

    private byte[] bytes = {};
    private Routes routes = new Routes(List.of(), RouteMatch.ALL, CodeTables.none(), new EngineEvents() {});

    @Setup
    public void prepare() {
        bytes = (type.equals("ORU") ? SampleMessages.result(MappingBenchmark.OBSERVATIONS) : SampleMessages.admission())
                .getBytes(StandardCharsets.US_ASCII);
        EngineConfig config = FiftyRoutes.read();
        routes = new Routes(FiftyRoutes.unmapped(config), RouteMatch.ALL, config.codes(), new EngineEvents() {});
    }

    @Benchmark
    public List<NewDelivery> fiftyConditions() throws UnreadableMessageException {
        return routes.plan(Message.read(bytes), MappingBenchmark.ORIGIN).deliveries();
    }
}
