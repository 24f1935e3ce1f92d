package org.khokahano.bench.micro;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.util.Terser;
import ca.uhn.hl7v2.util.idgenerator.InMemoryIDGenerator;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.khokahano.mapping.MappingOutcome;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.route.Origin;
import org.khokahano.table.CodeTables;
import org.khokahano.transform.StepMapping;
import org.khokahano.transform.step.ConvertValueStep;
import org.khokahano.transform.step.CopyStep;
import org.khokahano.transform.step.EachSegmentStep;
import org.khokahano.transform.step.MappingProgram;
import org.khokahano.transform.step.RunLimits;
import org.khokahano.transform.step.SetStep;
import org.khokahano.transform.step.Step;
import org.khokahano.transform.step.StepPlace;
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
 * A mapping of 30 steps from bytes to bytes, against the same fields by HAPI's Terser: parse, 30 edits,
 * encode (validation off). Of a result, two of the steps are taken for each of 20 observations.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MappingBenchmark {
    private static final int STEPS = 30;
    private static final int OBSERVATIONS = 20;
    private static final Origin ORIGIN = new Origin("in", "QMMH", 1_790_000_000_000L);
    private static final String[] SOURCES = {"PID-3-1", "PID-5-1", "PID-5-2", "PID-7-1", "MSH-4-1"};
    private static final String[] TARGETS = {
        "MSH-5-1", "MSH-6-1", "PID-2-1", "PID-4-1", "PID-6-1", "PID-9-1", "PID-18-1", "PID-19", "PID-3-4", "MSH-3-1"
    };

    /** Which message: an admission of about 900 bytes, or a result with 20 observations. */
    @Param({"ADT", "ORU"})
    public String type = "ADT";

    private byte[] bytes = {};
    private String text = "";
    private PipeParser parser = new DefaultHapiContext().getPipeParser();
    private StepMapping mapping = mapping(false);

    @Setup
    public void prepare() {
        text = result() ? SampleMessages.result(OBSERVATIONS) : SampleMessages.admission();
        bytes = text.getBytes(StandardCharsets.US_ASCII);
        DefaultHapiContext context = new DefaultHapiContext();
        context.getParserConfiguration().setIdGenerator(new InMemoryIDGenerator());
        context.setValidationContext(ValidationContextFactory.noValidation());
        parser = context.getPipeParser();
        mapping = mapping(result());
    }

    private boolean result() {
        return type.equals("ORU");
    }

    /** Ten constants, ten copies, ten values in capitals; for a result the last three are a loop of two. */
    private static StepMapping mapping(boolean result) {
        List<Step> steps = new ArrayList<>();
        int plain = result ? STEPS - 3 : STEPS;
        for (int i = 0; i < plain; i++) {
            MessagePath target = path(TARGETS[i % TARGETS.length]);
            MessagePath source = path(SOURCES[i % SOURCES.length]);
            StepPlace place = new StepPlace("bench", String.valueOf(i + 1), "set " + target);
            if (i % 3 == 0) {
                steps.add(new SetStep(place, target, "NRL" + i));
            } else if (i % 3 == 1) {
                steps.add(new CopyStep(place, source, target));
            } else {
                steps.add(new ConvertValueStep(place, target, source, text -> text.toUpperCase(Locale.ROOT)));
            }
        }
        if (result) {
            StepPlace place = new StepPlace("bench", "28", "each OBX");
            steps.add(new EachSegmentStep(
                    place,
                    "OBX",
                    List.of(
                            new SetStep(place, path("OBX-11"), "C"),
                            new CopyStep(place, path("OBX-3-1"), path("OBX-4-1")))));
        }
        RunLimits limits = new RunLimits(10_000, Duration.ofSeconds(1), 16_000_000);
        return new StepMapping(new MappingProgram("bench", false, limits, CodeTables::none, steps, List.of()));
    }

    private static MessagePath path(String terser) {
        int component = terser.indexOf('-', terser.indexOf('-') + 1);
        String written =
                component < 0 ? terser : terser.substring(0, component) + "." + terser.substring(component + 1);
        return MessagePath.parse(written);
    }

    @Benchmark
    public MappingOutcome khokahano() throws UnreadableMessageException {
        return mapping.apply(Message.read(bytes), ORIGIN);
    }

    @Benchmark
    public String hapiTerser() throws HL7Exception {
        ca.uhn.hl7v2.model.Message message = parser.parse(text);
        Terser terser = new Terser(message);
        String patient = result() ? "/PATIENT_RESULT/PATIENT/" : "/";
        int plain = result() ? STEPS - 3 : STEPS;
        for (int i = 0; i < plain; i++) {
            String target = at(patient, TARGETS[i % TARGETS.length]);
            String source = at(patient, SOURCES[i % SOURCES.length]);
            if (i % 3 == 0) {
                terser.set(target, "NRL" + i);
            } else {
                String value = terser.get(source);
                terser.set(target, i % 3 == 1 || value == null ? value : value.toUpperCase(Locale.ROOT));
            }
        }
        for (int i = 0; result() && i < OBSERVATIONS; i++) {
            String observation = "/PATIENT_RESULT/ORDER_OBSERVATION/OBSERVATION(" + i + ")/OBX-";
            terser.set(observation + "11", "C");
            terser.set(observation + "4", terser.get(observation + "3-1"));
        }
        return parser.encode(message);
    }

    private static String at(String patient, String field) {
        return field.startsWith("MSH") ? "/" + field : patient + field;
    }
}
