package org.khokahano.config;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.khokahano.config.read.EitherType;
import org.khokahano.config.read.Field;
import org.khokahano.config.read.Key;
import org.khokahano.config.read.ListType;
import org.khokahano.config.read.NamedType;
import org.khokahano.config.read.Section;
import org.khokahano.config.read.Type;

/** Writes {@code docs/configuration.md} from the declaration that also reads and checks configurations. */
final class ReferencePage {
    private static final String INTRODUCTION = """
            # Configuration

            <!-- Written by the build from EngineDeclaration; edit that, then run
                 mvn -pl engine-server -am test -Dtest=ReferencePageTest -Dsurefire.failIfNoSpecifiedTests=false \\
                 -Dkhoka.docs.update=true -->

            A configuration is a directory with `engine.yaml` in it. `khoka check DIR` says what is wrong with one,
            with file, line and column; the engine refuses to start with errors, and lists all of them. Read
            [config/national-hub](../config/national-hub/engine.yaml) for an example that explains itself.

            - `include` names further files by wildcards, each with the keys of `engine.yaml`. What has names
              (listeners, destinations, routes, filters, tables, formats) may be spread over them; the names are
              unique over all files. Mapping files are named by routes and are not included.
            - `${env:NAME:default}` is an environment variable, or the default where it is not set;
              `${file:PATH}` is a file's content, for secrets. Quote such a value inside `{...}`.
            - Durations have a unit: `500ms`, `30s`, `5m`, `24h`, `90d`. Sizes too: `512B`, `64KiB`, `16MB`.
            - A key that is not on this page is an error.
            - `khoka schema` prints this page as a JSON Schema, by which editors complete keys and mark mistakes;
              `khoka schema included`, `mapping`, `case` and `profile` those of the other files.
            - `R` numbers are the rules of MLLP and acknowledgement that the tests cite.
            """;

    private final StringBuilder page = new StringBuilder(INTRODUCTION);
    private final Map<Section<?>, String> written = new IdentityHashMap<>();

    /** The whole page. */
    static String write() {
        ReferencePage reference = new ReferencePage();
        reference.section("engine.yaml", "", EngineDeclaration.ENGINE);
        return reference.page.toString();
    }

    private void section(String title, String path, Section<?> section) {
        written.put(section, title);
        page.append("\n## ")
                .append(title.equals("engine.yaml") ? title : code(title))
                .append("\n\n");
        page.append("| key | value | default | |\n|---|---|---|---|\n");
        for (Field<?> field : section.fields()) {
            boolean alternatives = field.keys().size() > 1;
            field.keys().forEach(key -> row(key, alternatives));
        }
        for (Key<?> key : section.keys().toList()) {
            nested(path.isEmpty() ? key.name() : path + "." + key.name(), key.type());
        }
    }

    private void row(Key<?> key, boolean alternative) {
        boolean nested = sectionIn(key.type()).isPresent();
        String standard = key.required()
                ? "required"
                : alternative
                        ? "one of these"
                        : key.defaultText()
                                .filter(text -> !text.equals("{}"))
                                .map(ReferencePage::code)
                                .orElse("");
        page.append("| ").append(code(key.name())).append(" | ");
        page.append(
                nested && !(key.type() instanceof EitherType)
                        ? "see below"
                        : cell(key.type().noun()));
        page.append(" | ")
                .append(standard)
                .append(" | ")
                .append(cell(key.sentence()))
                .append(" |\n");
    }

    private void nested(String path, Type<?> type) {
        String below = type instanceof NamedType<?> ? path + ".NAME" : path;
        sectionIn(type).ifPresent(section -> {
            String before = written.get(section);
            if (before == null) {
                section(below, below, section);
            } else if (!before.equals(below)) {
                page.append("\n## ")
                        .append(code(below))
                        .append("\n\nThe same keys as ")
                        .append(code(before))
                        .append(".\n");
            }
        });
    }

    private static Optional<Section<?>> sectionIn(Type<?> type) {
        if (type instanceof Section<?> section) {
            return Optional.of(section);
        } else if (type instanceof NamedType<?> named) {
            return sectionIn(named.element());
        } else if (type instanceof ListType<?> list) {
            return sectionIn(list.element());
        } else if (type instanceof EitherType<?> either) {
            return Optional.of(either.section());
        }
        return Optional.empty();
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
