package org.khokahano.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.khokahano.cli.terminal.ExitCode;
import org.khokahano.config.ConfigurationSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code khoka schema}: what editors complete and check configuration files by. */
@Command(
        name = "schema",
        description = "Print the JSON Schema of a configuration file, for editors.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples%n",
        footer = {
            "  khoka schema > engine.schema.json",
            "  khoka schema included > included.schema.json",
            "  khoka schema mapping > mapping.schema.json",
            "  khoka schema case > case.schema.json",
            "  khoka schema profile > profile.schema.json",
            "",
            "Editors with the YAML language server take the schema from a first line such as",
            "  # yaml-language-server: $schema=engine.schema.json"
        })
final class SchemaCommand implements Callable<Integer> {

    /** The kinds of files. */
    private enum FileKind {
        ENGINE,
        INCLUDED,
        MAPPING,
        CASE,
        PROFILE
    }

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "engine",
            description =
                    "Which file: engine (engine.yaml), included (what it includes), mapping (a mapping file), case (a case of"
                            + " khoka test) or profile (a profile of a rule set). Default: engine.")
    private FileKind kind = FileKind.ENGINE;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        ObjectNode schema = switch (kind) {
            case ENGINE -> ConfigurationSchema.ofEngineFile();
            case INCLUDED -> ConfigurationSchema.ofIncludedFile();
            case MAPPING -> ConfigurationSchema.ofMappingFile();
            case CASE -> ConfigurationSchema.ofCaseFile();
            case PROFILE -> ConfigurationSchema.ofProfileFile();
        };
        PrintWriter out = Outlets.of(spec).out();
        out.println(schema.toPrettyString());
        out.flush();
        return ExitCode.OK;
    }
}
