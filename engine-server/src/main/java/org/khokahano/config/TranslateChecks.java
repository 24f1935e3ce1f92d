package org.khokahano.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.mapping.MappingConfig;
import org.khokahano.config.mapping.MappingConfig.TypeConfig;
import org.khokahano.config.mapping.StepConfig;
import org.khokahano.config.mapping.StepConfig.TranslateAs;
import org.khokahano.config.mapping.StepConfig.TranslateConfig;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.read.Placed;
import org.khokahano.message.InvalidPathException;
import org.khokahano.message.MessagePath;
import org.khokahano.message.definition.FieldDefinition;
import org.khokahano.message.definition.Hl7Definitions;
import org.khokahano.table.CodeLookup.Ambiguous;
import org.khokahano.table.CodeRow;
import org.khokahano.table.CodeTable;

/** Each {@code translate} against the rows of its table: what is ambiguous, and what has no place. */
final class TranslateChecks {
    /** Of one step; a table that is no good for it has hundreds. */
    private static final int MOST_TOLD = 3;

    /** Where the version that is made is not known. */
    private static final String USUAL_VERSION = "2.5.1";

    private static final Set<String> CODED = Set.of("CE", "CF", "CWE", "CNE");

    private final EngineConfig config;
    private final Path directory;
    private final Problems problems;
    private final Hl7Definitions definitions = new Hl7Definitions();

    /** @param directory the configuration's, to which the names of its files are relative */
    TranslateChecks(EngineConfig config, Path directory, Problems problems) {
        this.config = config;
        this.directory = directory;
        this.problems = problems;
    }

    void check() {
        for (MappingConfig mapping : config.mappings().values()) {
            String version = mapping.to()
                    .flatMap(TypeConfig::version)
                    .map(Placed::value)
                    .filter(Hl7Definitions::isKnown)
                    .orElse(null);
            check(mapping.steps(), version);
        }
    }

    private void check(List<StepConfig> steps, @Nullable String version) {
        for (StepConfig step : steps) {
            if (step instanceof TranslateConfig translate) {
                CodeTable table = config.codes().get(translate.table().value());
                MessagePath path = path(translate);
                if (table != null && path != null) {
                    check(translate, path, table, version);
                }
            }
            check(step.inner(), version);
        }
    }

    private void check(TranslateConfig translate, MessagePath path, CodeTable table, @Nullable String version) {
        boolean triplet = translate.as() == TranslateAs.TRIPLET && path.component() == 0;
        if (translate.reverse()) {
            warnOfAmbiguity(translate, table, triplet);
        }
        if (triplet && table.namesMore(translate.reverse())) {
            checkCodedElement(translate.subject(), path, version);
        }
    }

    /** With a field's coding system, rows of another system do not count. */
    private void warnOfAmbiguity(TranslateConfig translate, CodeTable table, boolean bySystem) {
        for (Ambiguous ambiguous : table.ambiguousTargets(bySystem, MOST_TOLD)) {
            CodeRow one = ambiguous.rows().get(0);
            CodeRow other = ambiguous.rows().get(1);
            String file = file(table.name());
            problems.warning(
                    translate.table().place(),
                    "looked up backwards, two rows fit the target '" + one.target() + "': " + file + ":" + one.line()
                            + " ('" + one.code() + "') and " + file + ":" + other.line() + " ('" + other.code() + "')",
                    "neither is chosen: remove one, give them dates that do not overlap, or take a table for the"
                            + " way back");
        }
    }

    private void checkCodedElement(Placed<String> written, MessagePath path, @Nullable String version) {
        boolean anywhere = Hl7Definitions.versions().stream()
                .map(each -> type(path, each))
                .flatMap(Optional::stream)
                .anyMatch(TranslateChecks::isCoded);
        String asked = version == null ? USUAL_VERSION : version;
        Optional<String> type = type(path, asked)
                .or(() -> Hl7Definitions.versions().stream()
                        .map(each -> type(path, each))
                        .flatMap(Optional::stream)
                        .findFirst());
        if (path.segment().startsWith("Z") || type.isEmpty() || isCoded(type.get())) {
            return;
        }
        String field = path.segment() + "-" + path.field();
        String message = "the table says code, text and coding system, and " + field + " is no coded element: "
                + type.get() + (anywhere ? " in HL7 " + asked : "");
        String hint = "write 'as: code', or name the component that the code is: " + field + ".1";
        if (anywhere) {
            problems.warning(written.place(), message, hint);
        } else {
            problems.error(written.place(), message, hint);
        }
    }

    private Optional<String> type(MessagePath path, String version) {
        return definitions
                .segment(path.segment(), version)
                .flatMap(segment -> segment.field(path.field()))
                .map(FieldDefinition::dataType);
    }

    /** What depends on another field (UNKNOWN), and the composite types of old versions, may be anything. */
    private static boolean isCoded(String type) {
        return CODED.contains(type) || type.startsWith("CM") || type.equals("UNKNOWN");
    }

    private @Nullable MessagePath path(TranslateConfig translate) {
        try {
            MessagePath path = MessagePath.parse(translate.subject().value());
            return path.field() == 0 ? null : path;
        } catch (InvalidPathException told) {
            return null;
        }
    }

    private String file(String table) {
        TableConfig configured = config.tables().get(table);
        if (configured == null) {
            return table;
        }
        Path file = configured.file();
        return file.startsWith(directory) ? directory.relativize(file).toString() : file.toString();
    }
}
