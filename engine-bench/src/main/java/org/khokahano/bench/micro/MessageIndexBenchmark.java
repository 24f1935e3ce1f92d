package org.khokahano.bench.micro;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.util.idgenerator.InMemoryIDGenerator;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.message.UnreadableMessageException;
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
import org.openjdk.jmh.infra.Blackhole;

/** The index over the bytes against a parse by HAPI (validation off), on the same message. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MessageIndexBenchmark {

    private static final MessagePath PATIENT_ID = MessagePath.parse("PID-3.1");
    private static final MessagePath LAST_VALUE = MessagePath.parse("OBX[20]-5");

    /** Which message: an admission of about 900 bytes, or a result with 20 observations. */
    @Param({"ADT", "ORU"})
    public String type = "ADT";

    private byte[] bytes = {};
    private String text = "";
    private PipeParser parser = new DefaultHapiContext().getPipeParser();

    @Setup
    public void prepare() {
        text = type.equals("ADT") ? SampleMessages.admission() : SampleMessages.result(20);
        bytes = text.getBytes(StandardCharsets.US_ASCII);
        DefaultHapiContext context = new DefaultHapiContext();
        context.getParserConfiguration().setIdGenerator(new InMemoryIDGenerator());
        context.setValidationContext(ValidationContextFactory.noValidation());
        parser = context.getPipeParser();
    }

    /** What accepting a message reads: the envelope and the patient's id. */
    @Benchmark
    public void envelope(Blackhole hole) throws UnreadableMessageException {
        Message message = Message.read(bytes);
        hole.consume(message.header().messageCode());
        hole.consume(message.header().controlId());
        hole.consume(message.get(PATIENT_ID));
    }

    /** Finds every segment, and reads the last value. */
    @Benchmark
    public void index(Blackhole hole) throws UnreadableMessageException {
        Message message = Message.read(bytes);
        hole.consume(message.segmentCount());
        hole.consume(message.get(LAST_VALUE));
    }

    /** Reads one field and changes another. */
    @Benchmark
    public void edit(Blackhole hole) throws UnreadableMessageException {
        Message message = Message.read(bytes);
        hole.consume(message.edit().set("MSH-5", "NRL").apply().bytes());
    }

    @Benchmark
    public void hapiParse(Blackhole hole) throws HL7Exception {
        hole.consume(parser.parse(text));
    }

    @Benchmark
    public void hapiParseAndEncode(Blackhole hole) throws HL7Exception {
        hole.consume(parser.parse(text).encode());
    }
}
