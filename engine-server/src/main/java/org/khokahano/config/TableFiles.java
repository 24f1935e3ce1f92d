package org.khokahano.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.khokahano.config.problem.Location;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.problem.SourceFile;
import org.khokahano.table.CodeTable;
import org.khokahano.table.CodeTables;
import org.khokahano.transform.table.CsvCodeTable;

/** Reads the code tables of a configuration, and tells of every bad row where it stands. */
final class TableFiles {
    private static final int MAX_MEGABYTES = 128;
    private static final int SHOWN_PROBLEMS = 20;

    private final Path directory;
    private final Problems problems;

    TableFiles(Path directory, Problems problems) {
        this.directory = directory;
        this.problems = problems;
    }

    CodeTables read(Map<String, TableConfig> configured) {
        List<CodeTable> tables = new ArrayList<>();
        configured.forEach((name, table) -> tables.add(read(name, table.file())));
        return new CodeTables(tables);
    }

    private CodeTable read(String name, Path file) {
        String shown = file.startsWith(directory) ? directory.relativize(file).toString() : file.toString();
        byte[] bytes;
        try {
            if (Files.size(file) > MAX_MEGABYTES * 1024L * 1024) {
                tell(shown, "the code table is larger than " + MAX_MEGABYTES + " MiB", "split it into several");
                return CsvCodeTable.empty(name);
            }
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            tell(shown, "the code table cannot be read", "check the file and its permissions");
            return CsvCodeTable.empty(name);
        }
        CsvCodeTable read = CsvCodeTable.read(name, bytes);
        if (!read.problems().isEmpty()) {
            SourceFile source = new SourceFile(shown, new String(bytes, StandardCharsets.UTF_8));
            for (CsvCodeTable.Problem problem : read.problems()
                    .subList(0, Math.min(SHOWN_PROBLEMS, read.problems().size()))) {
                Location place = source.at(problem.line(), problem.column());
                problems.error(place, problem.message(), problem.hint());
            }
            int more = read.problems().size() - SHOWN_PROBLEMS;
            if (more > 0) {
                problems.error(source.at(1, 1), "the code table has " + more + " more such rows", "mend these first");
            }
        }
        return read.table();
    }

    private void tell(String file, String message, String hint) {
        problems.error(new SourceFile(file, "").at(1, 1), message, hint);
    }
}
