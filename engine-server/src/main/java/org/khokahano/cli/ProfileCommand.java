package org.khokahano.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.khokahano.cli.terminal.CommandFailure;
import org.khokahano.cli.terminal.ExitCode;
import org.khokahano.conformance.load.ImportedProfile;
import org.khokahano.conformance.load.ProfileImport;
import org.khokahano.conformance.load.ProfileSource;
import org.khokahano.conformance.load.ProfileText;
import org.khokahano.conformance.load.UnreadableProfileException;
import org.khokahano.conformance.standard.Hl7Tables;
import org.khokahano.message.definition.Hl7Definitions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code khoka profile}: conformance profiles of other tools. */
@Command(
        name = "profile",
        description = "Work with conformance profiles: import.",
        mixinStandardHelpOptions = true,
        subcommands = ProfileCommand.Import.class,
        footer = {"", "Example:", "  khoka profile import immunization.xml --out config/hub/profiles"})
final class ProfileCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(Objects.requireNonNull(spec).commandLine(), "say what to do: import");
    }

    /** {@code khoka profile import}. */
    @Command(
            name = "import",
            description = "Make profiles of this project of a conformance profile in XML: of Messaging Workbench and"
                    + " HAPI (HL7v2xConformanceProfile) or of NIST's tools (ConformanceProfile).",
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "%nExit codes%n",
            exitCodeList = {
                "0:the profiles are written; what could not be carried over is told of",
                "1:a document cannot be read or is none that is known; nothing is written"
            },
            footerHeading = "%nExamples%n",
            footer = {
                "  khoka profile import ADT_A01.xml --out config/hub/profiles",
                "  khoka profile import Profile.xml --constraints Constraints.xml --value-sets ValueSets.xml --out profiles",
                "",
                "Then name the file in a set of rules: validation: {national: {profiles: [profiles/....yaml]}}"
            })
    static final class Import implements Callable<Integer> {
        /** More than the largest document that is read, so that a larger one is known by its size. */
        private static final int LARGEST_BYTES = 64 * 1024 * 1024 + 1;

        private static final int SHOWN_REASONS = 5;

        @Parameters(paramLabel = "FILE", description = "The profile: an XML document.")
        private @Nullable Path file;

        @Option(
                names = "--constraints",
                paramLabel = "FILE",
                description = "NIST's conditions and statements: a ConformanceContext. May be given more than once.")
        private List<Path> constraints = new ArrayList<>();

        @Option(
                names = "--value-sets",
                paramLabel = "FILE",
                description = "Codes: a ValueSetLibrary or TableLibrary. May be given more than once.")
        private List<Path> valueSets = new ArrayList<>();

        @Option(
                names = "--bindings",
                paramLabel = "FILE",
                description = "What is bound to which value set: a ValueSetBindingsContext. More than once, too.")
        private List<Path> bindings = new ArrayList<>();

        @Option(
                names = "--co-constraints",
                paramLabel = "FILE",
                description = "What fields hold where another has a code: a CoConstraintContext. More than once, too.")
        private List<Path> coConstraints = new ArrayList<>();

        @Option(
                names = "--slicings",
                paramLabel = "FILE",
                description =
                        "Types of some repetitions, fields of some segments: a ProfileSlicing. More than once, too.")
        private List<Path> slicings = new ArrayList<>();

        @Option(names = "--message", paramLabel = "ID", description = "Only the message with this ID, name or type.")
        private String message = "";

        @Option(
                names = "--out",
                paramLabel = "DIR",
                required = true,
                description = "Where to write a file for each message; made if it is not there.")
        private @Nullable Path out;

        @Option(names = "--force", description = "Replace files that are there.")
        private boolean force;

        @Option(names = "--json", description = "Print the report as JSON.")
        private boolean json;

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            Path directory = Objects.requireNonNull(out);
            List<ProfileSource.Document> companions = new ArrayList<>();
            for (List<Path> given : List.of(constraints, valueSets, bindings, coConstraints, slicings)) {
                given.forEach(path -> companions.add(document(path)));
            }
            ProfileSource source = new ProfileSource(document(Objects.requireNonNull(file)), companions);
            List<ImportedProfile> profiles;
            try {
                profiles = new ProfileImport(new Hl7Definitions(), Hl7Tables.shipped()).read(source, message);
            } catch (UnreadableProfileException unreadable) {
                throw new CommandFailure(unreadable.located());
            }
            if (profiles.stream().allMatch(profile -> profile.carried().isEmpty())) {
                throw new CommandFailure(nothing(profiles));
            }
            Map<ImportedProfile, Path> files = new LinkedHashMap<>();
            profiles.forEach(profile -> files.put(profile, directory.resolve(profile.name() + ".yaml")));
            new ProfileFolder(directory, force).write(files);
            PrintWriter terminal = Outlets.of(spec).out();
            if (json) {
                JsonNode report = ImportListing.json(files);
                terminal.println(report.toPrettyString());
            } else {
                ImportListing.print(files, terminal);
            }
            terminal.flush();
            return ExitCode.OK;
        }

        /** A file that demands nothing would look like a profile that everything follows. */
        private String nothing(List<ImportedProfile> profiles) {
            String why = profiles.stream()
                    .flatMap(profile -> profile.notes().stream())
                    .limit(SHOWN_REASONS)
                    .map(note -> "\n  " + note.file() + ":" + note.line() + ":" + note.column() + ": " + note.what()
                            + ": " + note.why())
                    .collect(Collectors.joining());
            return "nothing of " + file + " can be carried over, so no file was written" + (why.isEmpty() ? "" : ":")
                    + why;
        }

        private static ProfileSource.Document document(Path path) {
            Optional<String> wrong = Files.isDirectory(path)
                    ? Optional.of("is a directory")
                    : Files.isRegularFile(path) ? Optional.empty() : Optional.of("is not there");
            if (wrong.isPresent()) {
                throw new CommandFailure(path + " " + wrong.get() + ": name an XML document");
            }
            try (InputStream in = Files.newInputStream(path)) {
                return new ProfileSource.Document(path.toString(), in.readNBytes(LARGEST_BYTES));
            } catch (IOException unreadable) {
                throw new CommandFailure(path + " cannot be read: check its permissions");
            }
        }
    }

    /** The text of the file of a profile. */
    static String text(ImportedProfile profile) {
        return "# Imported by khoka from " + profile.message().replaceAll("\\s+", " ") + "\n"
                + ProfileText.of(profile.document());
    }
}
