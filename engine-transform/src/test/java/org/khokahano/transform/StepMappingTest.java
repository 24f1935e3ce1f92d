package org.khokahano.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.mapping.MappingOutcome;
import org.khokahano.mapping.MappingOutcome.Failed;
import org.khokahano.mapping.MappingOutcome.Mapped;
import org.khokahano.mapping.MappingOutcome.Unmapped;
import org.khokahano.mapping.UnmappedCode;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.message.definition.Hl7Definitions;
import org.khokahano.route.Origin;
import org.khokahano.table.CodeRow;
import org.khokahano.table.CodeTableBuilder;
import org.khokahano.table.CodeTables;
import org.khokahano.table.Period;
import org.khokahano.transform.step.CopyStep;
import org.khokahano.transform.step.EachSegmentStep;
import org.khokahano.transform.step.FailStep;
import org.khokahano.transform.step.Groups;
import org.khokahano.transform.step.MappingProgram;
import org.khokahano.transform.step.MappingTrace;
import org.khokahano.transform.step.RunLimits;
import org.khokahano.transform.step.RunStep;
import org.khokahano.transform.step.SetStep;
import org.khokahano.transform.step.SplitStep;
import org.khokahano.transform.step.Step;
import org.khokahano.transform.step.StepPlace;
import org.khokahano.transform.step.TranslateStep;

@Tag("unit")
class StepMappingTest {
    private static final Origin ORIGIN = new Origin("in", "QMMH", 1_790_000_000_000L);
    private static final RunLimits LIMITS = new RunLimits(100, Duration.ofSeconds(10), 10_000);
    private static final StepPlace PLACE = new StepPlace("tests", "1", "test");
    private static final String RESULT = "MSH|^~\\&|LIS|NRL|||20261122||ORU^R01^ORU_R01|A1|P|2.5.1\r"
            + "PID|1||4711\rOBR|1|||FBC^Full^L\rOBX|1|NM|HB^^L||13\rOBX|2|NM|XX^^L||1\rOBX|3|NM|YY^^L||1\r";

    @Test
    void shouldStopWhatTakesMoreStepsThanAllowed() {
        Step write = set("OBX-11", "F");
        List<Step> many = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            many.add(write);
        }

        MappingOutcome outcome = run(LIMITS, new EachSegmentStep(PLACE, "OBX", many));

        assertThat(outcome).isInstanceOf(Failed.class);
        assertThat(((Failed) outcome).reason())
                .contains("mapping tests, step 1")
                .contains("more than 100 steps");
    }

    @Test
    void shouldStopWhatGrowsLargerThanAllowed() {
        MappingOutcome outcome = run(LIMITS, set("NTE-3", "x".repeat(10_001)));

        assertThat(((Failed) outcome).reason()).contains("larger than 10000 bytes");
    }

    @Test
    void shouldStopWhatTakesLongerThanAllowed() {
        List<Step> many = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            many.add(set("NTE-3", "x" + i));
        }

        MappingOutcome outcome = run(new RunLimits(1000, Duration.ofNanos(1), 10_000), many.toArray(new Step[0]));

        assertThat(((Failed) outcome).reason()).contains("longer than 0 ms");
    }

    @Test
    void shouldTellTheReasonWithoutTheValue() {
        MappingOutcome outcome = run(LIMITS, set("MSH-1", "secret"));

        assertThat(((Failed) outcome).reason()).contains("MSH-1").doesNotContain("secret");
        assertThat(run(LIMITS, new FailStep(PLACE, "no order")))
                .isEqualTo(new Failed("mapping tests, step 1 (test): no order"));
    }

    @Test
    void shouldCollectEveryCodeThatIsMissing() {
        TranslateStep translate = translate(TranslateStep.Unmapped.HOLD);

        MappingOutcome outcome = run(LIMITS, new EachSegmentStep(PLACE, "OBX", List.of(translate)));

        assertThat(((Unmapped) outcome).codes())
                .containsExactly(
                        new UnmappedCode("loinc", "XX", "L", "OBX[2]-3"),
                        new UnmappedCode("loinc", "YY", "L", "OBX[3]-3"));
        assertThat(((Unmapped) outcome).reason()).contains("OBX[2]-3").doesNotContain("XX");
    }

    @Test
    void shouldWriteCodeTextAndSystemOfARow() {
        MappingOutcome outcome =
                run(LIMITS, new EachSegmentStep(PLACE, "OBX", List.of(translate(TranslateStep.Unmapped.DEFAULT))));

        assertThat(text(outcome)).contains("OBX|1|NM|718-7^Hemoglobin^LN||13\r").contains("OBX|2|NM|OTHER^^L||1\r");
    }

    @Test
    void shouldLookUpBackwards() {
        TranslateStep forwards = translate(TranslateStep.Unmapped.KEEP);
        TranslateStep backwards = new TranslateStep(
                PLACE, MessagePath.parse("OBX-3"), "loinc", true, true, TranslateStep.Unmapped.FAIL, "");

        assertThat(text(run(LIMITS, forwards, backwards))).contains("OBX|1|NM|HB^Hemoglobin^L||13\r");
    }

    @Test
    void shouldSayThatSeveralRowsFitWhereNoneIsChosen() throws UnreadableMessageException {
        CodeTableBuilder table = new CodeTableBuilder("loinc");
        table.add(new CodeRow(2, "718-7", "LN", "", "HB", "L", "", Period.ALWAYS));
        table.add(new CodeRow(3, "30350-3", "LN", "", "HB", "L", "", Period.ALWAYS));
        TranslateStep backwards = new TranslateStep(
                PLACE, MessagePath.parse("OBX-3"), "loinc", true, true, TranslateStep.Unmapped.HOLD, "");
        CodeTables tables = new CodeTables(List.of(table.build()));

        MappingOutcome outcome = new StepMapping(new MappingProgram(
                        "tests",
                        false,
                        LIMITS,
                        tables,
                        List.of(new EachSegmentStep(PLACE, "OBX", List.of(backwards))),
                        List.of()))
                .apply(message(), ORIGIN);

        assertThat(((Unmapped) outcome).reason())
                .isEqualTo("no row for the code at OBX[2]-3 in table loinc, OBX[3]-3 in table loinc;"
                        + " several rows fit, and none is chosen, for the code at OBX[1]-3 in table loinc");
        assertThat(((Unmapped) outcome).codes()).contains(new UnmappedCode("loinc", "HB", "L", "OBX[1]-3", true));
    }

    @Test
    void shouldRunStepsThatAreWrittenInJava() {
        Map<String, String> settings = Map.of("field", "PID-3");
        RunStep reverse = new RunStep(PLACE, CustomSteps.named("reverse").orElseThrow(), settings);

        assertThat(text(run(LIMITS, reverse))).contains("PID|1||1174\r");
        assertThat(CustomSteps.names()).containsExactly("reverse");
    }

    @Test
    void shouldTellATraceWhichStepWroteWhichPlace() throws UnreadableMessageException {
        RecordingTrace trace = new RecordingTrace();

        mapping(LIMITS, new EachSegmentStep(PLACE, "OBX", List.of(set("OBX-11", "F"))))
                .apply(message(), ORIGIN, trace);

        assertThat(trace.written).containsExactly("OBX[1]-11", "OBX[2]-11", "OBX[3]-11");
    }

    @Test
    void shouldGiveWhatOneMappingMadeToTheNext() throws UnreadableMessageException {
        StepMapping first = mapping(LIMITS, set("PID-8", "F"));
        StepMapping second =
                mapping(LIMITS, new CopyStep(PLACE, MessagePath.parse("PID-8"), MessagePath.parse("PID-9")));

        MappingOutcome outcome = new MappingChain(List.of(first, second)).apply(message(), ORIGIN);

        assertThat(text(outcome)).contains("PID|1||4711|||||F|F\r");
    }

    @Test
    @DisplayName("What one mapping splits does not multiply the limits of the next: they count for all that it gets")
    void shouldCountTheLimitsOfALaterMappingForAllMessagesThatItGets() throws UnreadableMessageException {
        RunLimits three = new RunLimits(3, LIMITS.time(), LIMITS.size());
        StepMapping split = mapping(
                LIMITS,
                new SplitStep(
                        PLACE,
                        "OBX",
                        true,
                        SplitStep.ControlId.SUFFIX,
                        Optional.empty(),
                        new Groups(new Hl7Definitions())));
        StepMapping two = mapping(three, set("PID-8", "F"), set("PID-9", "F"));

        MappingOutcome outcome = new MappingChain(List.of(split, two)).apply(message(), ORIGIN);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).contains("more than 3 steps"));
    }

    @Test
    @DisplayName("A row of mappings may spend what the most generous of them may, not the sum")
    void shouldCountStepsOverTheWholeRow() throws UnreadableMessageException {
        RunLimits three = new RunLimits(3, LIMITS.time(), LIMITS.size());
        StepMapping two = mapping(three, set("PID-8", "F"), set("PID-9", "F"));

        MappingOutcome outcome = new MappingChain(List.of(two, two)).apply(message(), ORIGIN);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed ->
                                assertThat(failed.reason()).contains("the row of 2 mappings takes more than 3 steps"));
    }

    private static Step set(String path, String value) {
        return new SetStep(PLACE, MessagePath.parse(path), value);
    }

    private static TranslateStep translate(TranslateStep.Unmapped unmapped) {
        return new TranslateStep(PLACE, MessagePath.parse("OBX-3"), "loinc", false, true, unmapped, "OTHER");
    }

    private static CodeTables tables() {
        CodeTableBuilder table = new CodeTableBuilder("loinc");
        table.add(new CodeRow(2, "HB", "L", "", "718-7", "LN", "Hemoglobin", Period.ALWAYS));
        return new CodeTables(List.of(table.build()));
    }

    private static StepMapping mapping(RunLimits limits, Step... steps) {
        return new StepMapping(
                new MappingProgram("tests", false, limits, StepMappingTest.tables(), List.of(steps), List.of()));
    }

    private static MappingOutcome run(RunLimits limits, Step... steps) {
        try {
            return mapping(limits, steps).apply(message(), ORIGIN);
        } catch (UnreadableMessageException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Message message() throws UnreadableMessageException {
        return Message.read(RESULT.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(MappingOutcome outcome) {
        return new String(((Mapped) outcome).messages().get(0).bytes(), StandardCharsets.US_ASCII);
    }

    private static final class RecordingTrace implements MappingTrace {
        private final List<String> written = new ArrayList<>();

        @Override
        public void took(StepPlace step) {}

        @Override
        public void wrote(StepPlace step, MessagePath path, Supplier<String> text) {
            written.add(path.toString());
        }

        @Override
        public void decided(StepPlace step, boolean fulfilled) {}
    }
}
