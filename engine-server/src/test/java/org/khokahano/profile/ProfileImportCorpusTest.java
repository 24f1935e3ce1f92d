package org.khokahano.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
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
    private static final Map<String, List<String>> VALUES = Map.of(
            "Usage", List.of("R", "RE", "O", "X", "C", "W", "C(R/X)", "Z", ""),
            "Min", List.of("0", "1", "5", "-1", "x", "*"),
            "Max", List.of("0", "1", "5", "*", "99999999999", "2000000000"),
            "MaxLength", List.of("0", "1", "20", "*", "NA", "2000000000"),
            "Path", List.of("1[1]", "3[*]", "2[*].1[1].3[1]", ".", "9[1].9[1].9[1]", "x"),
            "Target", List.of("1[1]", "3[1].1[1]", "99[1]"),
            "Regex", List.of("[0-9]+", "(", "a{1,1000}", "(?=a)"),
            "Text", List.of("it's", "a\\b", "${X}", ""),
            "Position", List.of("1", "5", "99", "0", "x"),
            "ConstantValue", List.of("A", "^~\\&amp;", "'"));

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

    @Test
    @DisplayName(
            "What is imported of a profile with other numbers, names and places in it can be read by a configuration")
    void shouldWriteWhatAConfigurationReadsWhateverTheProfileSays() throws IOException {
        long seed = Long.getLong("khoka.profiles.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < Integer.getInteger("khoka.profiles", 100); round++) {
            Map.Entry<String, byte[]> one = List.copyOf(documents.entrySet()).get(random.nextInt(documents.size()));
            String name = one.getKey();
            List<Document> changed = new ArrayList<>();
            changed.add(new Document(name, withOtherValues(one.getValue(), random)));
            for (Document companion : companions(name)) {
                changed.add(new Document(companion.name(), withOtherValues(companion.bytes(), random)));
            }
            List<ImportedProfile> imported;
            try {
                imported = profiles.read(new ProfileSource(changed.get(0), changed.subList(1, changed.size())), "");
            } catch (UnreadableProfileException told) {
                continue;
            }
            for (ImportedProfile profile : imported) {
                Files.writeString(directory.resolve("p.yaml"), ProfileText.of(profile.document()));
                Files.writeString(
                        directory.resolve("engine.yaml"), "engine: test\nvalidation: {all: {profiles: [p.yaml]}}\n");
                ConfigurationResult result = ConfigurationReader.read(directory, Environment.ofProcess());
                assertThat(result.problems().stream().map(Object::toString).filter(text -> text.contains("ERROR")))
                        .as("-Dkhoka.profiles.seed=%d: %s, round %d", seed, name, round)
                        .isEmpty();
            }
        }
    }

    /** Some attributes have a telling value, or that of another attribute of the name. */
    private static byte[] withOtherValues(byte[] document, Random random) {
        String text = new String(document, StandardCharsets.UTF_8);
        List<MatchResult> attributes =
                Pattern.compile("(\\w+)=\"([^\"<]*)\"").matcher(text).results().toList();
        if (attributes.isEmpty()) {
            return document;
        }
        StringBuilder changed = new StringBuilder(text);
        List<Integer> places = new ArrayList<>();
        for (int change = 1 + random.nextInt(20); change > 0; change--) {
            places.add(random.nextInt(attributes.size()));
        }
        places.stream().distinct().sorted(Comparator.reverseOrder()).forEach(place -> {
            MatchResult attribute = attributes.get(place);
            List<String> others = VALUES.getOrDefault(
                    attribute.group(1),
                    attributes.stream()
                            .filter(other -> other.group(1).equals(attribute.group(1)))
                            .map(other -> other.group(2))
                            .toList());
            changed.replace(attribute.start(2), attribute.end(2), others.get(random.nextInt(others.size())));
        });
        return changed.toString().getBytes(StandardCharsets.UTF_8);
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
