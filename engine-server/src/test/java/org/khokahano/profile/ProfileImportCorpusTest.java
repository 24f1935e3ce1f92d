package org.khokahano.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.ConfigurationResult;
import org.khokahano.config.yaml.Environment;
import org.khokahano.conformance.load.ImportedProfile;
import org.khokahano.conformance.load.ProfileImport;
import org.khokahano.conformance.load.ProfileSource;
import org.khokahano.conformance.load.ProfileSource.Document;
import org.khokahano.conformance.load.ProfileText;
import org.khokahano.conformance.load.UnreadableProfileException;
import org.khokahano.conformance.standard.Hl7Tables;
import org.khokahano.message.definition.Hl7Definitions;

/** Every profile of the public corpus is imported, and what comes of it is a profile of a configuration. */
@Tag("disk")
class ProfileImportCorpusTest {
    private static Map<String, byte[]> documents = Map.of();

    private final ProfileImport profiles = new ProfileImport(new Hl7Definitions(), Hl7Tables.shipped());

    @TempDir
    private Path directory;

    @BeforeAll
    static void read() throws IOException {
        Optional<Path> archive = ProfileCorpus.archive();
        assumeTrue(archive.isPresent(), "skipped: the public corpus is not here; set KHOKA_CORPUS to its directory");
        documents = ProfileCorpus.documents(archive.orElseThrow());
    }

    private List<ImportedProfile> imported(String name, byte[] bytes) throws UnreadableProfileException {
        return profiles.read(new ProfileSource(new Document(name, bytes), companions(name)), "");
    }

    /** What NIST's tools put beside a profile: constraints and value sets of the same name. */
    private static List<Document> companions(String name) {
        if (!name.endsWith("_Profile.xml")) {
            return List.of();
        }
        List<Document> companions = new ArrayList<>();
        for (String other : List.of("_Constraints.xml", "_ValueSetLibrary.xml")) {
            String beside = name.replace("_Profile.xml", other);
            byte[] bytes = documents.get(beside);
            if (bytes != null) {
                companions.add(new Document(beside, bytes));
            }
        }
        return companions;
    }

    @Test
    void shouldImportEachProfileOfTheCorpusIntoOneThatAConfigurationReads() throws Exception {
        Map<String, String> refused = new LinkedHashMap<>();
        List<String> files = new ArrayList<>();
        for (Map.Entry<String, byte[]> document : documents.entrySet()) {
            try {
                for (ImportedProfile profile : imported(document.getKey(), document.getValue())) {
                    String file = "p" + files.size() + ".yaml";
                    Map<String, Object> named = new LinkedHashMap<>(profile.document());
                    named.put("profile", "p" + files.size());
                    Files.writeString(directory.resolve(file), ProfileText.of(named));
                    files.add(file);
                    assertThat(profile.carried()).containsKeys("segments", "usages", "cardinalities");
                }
            } catch (UnreadableProfileException unreadable) {
                refused.put(document.getKey().replaceAll(".*/", ""), unreadable.getMessage());
            }
        }

        assertThat(refused.keySet())
                .as("documents that are no profiles")
                .containsExactlyInAnyOrder(
                        "ConfContextSample.xml",
                        "CContext.xml",
                        "ValueSets.xml",
                        "VXU-Z22_Constraints.xml",
                        "VXU-Z22_ValueSetLibrary.xml");
        assertThat(refused.values()).allSatisfy(reason -> assertThat(reason).contains("import the profile, and give"));
        assertThat(files).hasSizeGreaterThanOrEqualTo(22);
        Files.writeString(directory.resolve("engine.yaml"), """
                engine: test
                validation: {all: {structure: error, profiles: [%s]}}
                listeners: {ehr: {mllp: {port: 0}, validate: {with: all}}}
                routes: {all: {from: [ehr], to: [hub]}}
                destinations: {hub: {mllp: {host: 127.0.0.1, port: 2575}}}
                """.formatted(String.join(", ", files)));

        ConfigurationResult result = ConfigurationReader.read(directory, Environment.ofProcess());

        assertThat(result.problems().stream().map(Object::toString).filter(text -> text.contains("ERROR")))
                .isEmpty();
        assertThat(result.config()).isPresent();
    }

    @Test
    void shouldRefuseOrImportWhateverIsLeftOfAProfileAndNeverFailOtherwise() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (Map.Entry<String, byte[]> document : documents.entrySet()) {
            // Large ones take a second each, and are made of the same things.
            if (document.getValue().length > 60_000) {
                continue;
            }
            for (int round = 0; round < 25; round++) {
                byte[] spoilt = spoilt(document.getValue(), random);
                try {
                    profiles.read(new ProfileSource(new Document("a.xml", spoilt), List.of()), "");
                } catch (UnreadableProfileException told) {
                    assertThat(told.line()).isPositive();
                    assertThat(told.getMessage()).isNotBlank();
                } catch (RuntimeException | StackOverflowError bug) {
                    throw new AssertionError("seed " + seed + ", " + document.getKey() + ", round " + round, bug);
                }
            }
        }
    }

    /** Cut off, or with some bytes, words or elements changed. */
    private static byte[] spoilt(byte[] document, Random random) {
        int kind = random.nextInt(4);
        if (kind == 0) {
            return Arrays.copyOf(document, random.nextInt(document.length));
        }
        if (kind == 1) {
            byte[] spoilt = document.clone();
            for (int change = 0; change < 3; change++) {
                spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(256);
            }
            return spoilt;
        }
        String text = new String(document, StandardCharsets.UTF_8);
        String[][] exchanges = {
            {"Usage=\"", "Usaage=\""},
            {"=\"R\"", "=\"C\""},
            {"Min=\"1\"", "Min=\"-7\""},
            {"Max=\"1\"", "Max=\"0\""},
            {"Max=\"*\"", "Max=\"x\""},
            {"Name=\"MSH\"", "Name=\"\""},
            {"Name=\"PID\"", "Name=\"P^D\""},
            {"Length=\"", "Length=\"99999999999"},
            {"Datatype=\"ST\"", "Datatype=\"\""},
            {"Segment", "SegGroup"},
            {"Field", "Component"},
            {"MsgType=\"", "MsgType=\"é"},
            {"EventType=\"A01\"", "EventType=\"\""},
            {"HL7Version=\"2", "HL7Version=\"9"},
            {"Component", "SubComponent"},
            {"Table=\"", "Table=\"${x}"}
        };
        for (int change = 0; change < kind; change++) {
            String[] exchange = exchanges[random.nextInt(exchanges.length)];
            text = random.nextBoolean()
                    ? text.replace(exchange[0], exchange[1])
                    : text.replaceFirst(Pattern.quote(exchange[0]), Matcher.quoteReplacement(exchange[1]));
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
