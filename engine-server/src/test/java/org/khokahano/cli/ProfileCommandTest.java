package org.khokahano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class ProfileCommandTest {
    private static final String PROFILE = """
            <HL7v2xConformanceProfile HL7Version="2.5">
            <MetaData Name="Admission at Mafeteng"/>
            <HL7v2xStaticDef MsgType="ADT" EventType="A01" MsgStructID="ADT_A01">
            <Segment Name="PID" Usage="R" Min="1" Max="1">
            <Field Name="Set ID" Usage="C" Min="0" Max="1" Datatype="SI" Length="4"/>
            </Segment>
            </HL7v2xStaticDef></HL7v2xConformanceProfile>
            """;

    @TempDir
    private Path directory;

    private Path profile;
    private Path out;

    @BeforeEach
    void write() throws IOException {
        profile = Files.writeString(directory.resolve("profile.xml"), PROFILE);
        out = directory.resolve("made/profiles");
    }

    @Test
    void shouldWriteAFileForTheMessageAndTellWhatIsNotInIt() throws IOException {
        CommandRun run = CommandRun.of("profile", "import", profile, "--out", out);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("adt-a01-admission-at-mafeteng.yaml: profile adt-a01-admission-at-mafeteng of ADT^A01")
                .contains("carried over: ", "1 field,")
                .contains("not carried over: 1")
                .contains("profile.xml:5:1: PID-1: condition of usage C");
        assertThat(Files.readString(out.resolve("adt-a01-admission-at-mafeteng.yaml")))
                .startsWith("# Imported by khoka from ADT^A01\nprofile: adt-a01-admission-at-mafeteng\n")
                .contains("1: {name: Set ID, usage: O, cardinality: \"0..1\", length: \"0..4\"}");
    }

    @Test
    void shouldPrintTheReportAsJson() throws IOException {
        CommandRun run = CommandRun.of("profile", "import", profile, "--out", out, "--json");

        JsonNode report = new ObjectMapper().readTree(run.out()).get(0);
        assertThat(report.path("carried").path("segments").asInt()).isOne();
        assertThat(report.path("notes").get(0).path("kind").asText()).isEqualTo("left_out");
        assertThat(report.path("notes").get(0).path("line").asInt()).isEqualTo(5);
    }

    @Test
    void shouldReplaceAFileOnlyWhenAskedTo() {
        CommandRun.of("profile", "import", profile, "--out", out);

        CommandRun again = CommandRun.of("profile", "import", profile, "--out", out);
        CommandRun forced = CommandRun.of("profile", "import", profile, "--out", out, "--force");

        assertThat(again.exitCode()).isOne();
        assertThat(again.err()).contains("is there already", "--force");
        assertThat(forced.exitCode()).isZero();
    }

    @Test
    void shouldSayWhereADocumentIsWrongAndWriteNothing() throws IOException {
        Files.writeString(profile, PROFILE.replace("</Segment>", ""));

        CommandRun run = CommandRun.of("profile", "import", profile, "--out", out);

        assertThat(run.exitCode()).isOne();
        assertThat(run.err()).contains("profile.xml:7:", "not XML").doesNotContain("\tat ");
        assertThat(out).doesNotExist();
    }

    @Test
    void shouldSayWhatADocumentIsThatIsNoProfile() throws IOException {
        Files.writeString(profile, "<ConformanceContext/>");
        Path other = Files.writeString(directory.resolve("other.xml"), "<html/>");

        assertThat(CommandRun.of("profile", "import", profile, "--out", out).err())
                .contains("profile.xml:1:1: this is a document of constraints", "--constraints");
        assertThat(CommandRun.of("profile", "import", other, "--out", out).err())
                .contains("is a 'html', not a");
        assertThat(CommandRun.of("profile", "import", directory.resolve("none.xml"), "--out", out)
                        .err())
                .contains("none.xml is not there");
    }

    @Test
    void shouldLeaveNoFileOfItsOwnBehind() throws IOException {
        CommandRun.of("profile", "import", profile, "--out", out);

        try (Stream<Path> files = Files.list(out)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void shouldShowItsExamplesAndExitCodes() {
        assertThat(CommandRun.of("profile", "import", "--help").out())
                .contains("khoka profile import ", "Exit codes", "--value-sets");
        assertThat(CommandRun.of("profile").exitCode()).isEqualTo(2);
    }
}
