package org.khokahano.bench.micro;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.conf.ProfileException;
import ca.uhn.hl7v2.conf.check.DefaultValidator;
import ca.uhn.hl7v2.conf.parser.ProfileParser;
import ca.uhn.hl7v2.conf.spec.message.StaticDef;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.util.idgenerator.InMemoryIDGenerator;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.khokahano.conformance.profile.ProfileLayer;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A profile of a hundred rules: from bytes to findings by ours, against HAPI's conformance check of the same rules,
 * with its parse and without.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ProfileBenchmark {
    private static final Origin ORIGIN = new Origin("in", "QMMH", 1_790_000_000_000L);

    private final Hl7Definitions definitions = new Hl7Definitions();
    private final RuleSet rules = rules(null);
    private final RuleSet structureAndRules = rules(Severity.ERROR);
    private final DefaultHapiContext context = new DefaultHapiContext();
    private final DefaultValidator validator = new DefaultValidator(context);
    private final StaticDef hapiProfile = hapiProfile(definitions);
    private final String text = SampleMessages.admission();
    private final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    private final PipeParser parser;
    private final ca.uhn.hl7v2.model.Message parsed;

    public ProfileBenchmark() {
        context.getParserConfiguration().setIdGenerator(new InMemoryIDGenerator());
        context.setValidationContext(ValidationContextFactory.noValidation());
        parser = context.getPipeParser();
        try {
            parsed = parser.parse(text);
        } catch (HL7Exception broken) {
            throw new IllegalStateException("the sample cannot be parsed", broken);
        }
    }

    private RuleSet rules(@Nullable Severity structure) {
        StandardLevels levels = new StandardLevels(structure, null, null, null);
        return new RuleSet(
                "hundred",
                List.of(
                        new StandardLayer(definitions, levels, Hl7Tables.shipped(), Map.of()),
                        new ProfileLayer(List.of(HundredRules.profile()), definitions)));
    }

    private static StaticDef hapiProfile(Hl7Definitions definitions) {
        try {
            return new ProfileParser(false).parse(HundredRules.xml(definitions)).getMessage();
        } catch (ProfileException broken) {
            throw new IllegalStateException("HAPI does not take the profile", broken);
        }
    }

    /** Both must find nothing in the sample, and one thing each where a rule is broken. */
    @Setup
    public void compare() throws Exception {
        String broken = text.replace("|I|W3^204", "||W3^204");
        int ours = khokahanoWithStructure().list().size();
        int theirs = validator.validate(parsed, hapiProfile).length;
        int oursOfBroken = validate(structureAndRules, broken.getBytes(StandardCharsets.US_ASCII))
                .list()
                .size();
        int theirsOfBroken = validator.validate(parser.parse(broken), hapiProfile).length;
        if (ours != 0 || theirs != 0 || oursOfBroken != 1 || theirsOfBroken != 1) {
            throw new IllegalStateException("findings differ: ours " + ours + " and " + oursOfBroken + ", HAPI's "
                    + theirs + " and " + theirsOfBroken);
        }
    }

    @Benchmark
    public Findings khokahano() throws UnreadableMessageException {
        return validate(rules, bytes);
    }

    /** With HL7's segments, groups and their cardinality, which HAPI's check of a profile does by its own tree. */
    @Benchmark
    public Findings khokahanoWithStructure() throws UnreadableMessageException {
        return validate(structureAndRules, bytes);
    }

    private static Findings validate(RuleSet rules, byte[] message) throws UnreadableMessageException {
        Findings findings = new Findings(100, 100_000);
        rules.validate(Message.read(message), ORIGIN, findings);
        return findings;
    }

    @Benchmark
    public HL7Exception[] hapiParseAndProfile() throws HL7Exception, ProfileException {
        return validator.validate(parser.parse(text), hapiProfile);
    }

    @Benchmark
    public HL7Exception[] hapiProfileOfAParsedMessage() throws HL7Exception, ProfileException {
        return validator.validate(parsed, hapiProfile);
    }
}
