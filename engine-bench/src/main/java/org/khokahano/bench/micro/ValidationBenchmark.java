package org.khokahano.bench.micro;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.util.idgenerator.InMemoryIDGenerator;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.khokahano.conformance.rule.RuleSet;
import org.khokahano.conformance.standard.Hl7Tables;
import org.khokahano.conformance.standard.StandardLayer;
import org.khokahano.conformance.standard.StandardLevels;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.message.definition.Hl7Definitions;
import org.khokahano.route.Origin;
import org.khokahano.validation.Findings;
import org.khokahano.validation.Severity;
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
 * From bytes to findings by HL7's structure, data types, lengths and tables, against HAPI's parse with
 * its default validation, which looks at fewer things: the forms of primitive types.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ValidationBenchmark {
    private static final int OBSERVATIONS = 20;
    private static final Origin ORIGIN = new Origin("in", "QMMH", 1_790_000_000_000L);

    /** Which message: an admission of about 900 bytes, or a result with 20 observations. */
    @Param({"ADT", "ORU"})
    public String type = "ADT";

    private final RuleSet rules = new RuleSet(
            "standard",
            List.of(new StandardLayer(
                    new Hl7Definitions(),
                    new StandardLevels(Severity.ERROR, Severity.ERROR, Severity.WARNING, Severity.WARNING),
                    Hl7Tables.shipped(),
                    Map.of())));
    private byte[] bytes = {};
    private String text = "";
    private PipeParser parser = new DefaultHapiContext().getPipeParser();

    @Setup
    public void prepare() {
        text = type.equals("ORU") ? SampleMessages.result(OBSERVATIONS) : SampleMessages.admission();
        bytes = text.getBytes(StandardCharsets.US_ASCII);
        DefaultHapiContext context = new DefaultHapiContext();
        context.getParserConfiguration().setIdGenerator(new InMemoryIDGenerator());
        context.setValidationContext(ValidationContextFactory.defaultValidation());
        parser = context.getPipeParser();
    }

    @Benchmark
    public Findings khokahano() throws UnreadableMessageException {
        Findings findings = new Findings(100, 100_000);
        rules.validate(Message.read(bytes), ORIGIN, findings);
        return findings;
    }

    @Benchmark
    public ca.uhn.hl7v2.model.Message hapiParseAndValidate() throws HL7Exception {
        return parser.parse(text);
    }
}
