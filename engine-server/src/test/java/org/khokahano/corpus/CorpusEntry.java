package org.khokahano.corpus;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.khokahano.fault.Corpus;

/**
 * A line of the corpus' manifest.
 *
 * @param source the public repository that the message comes from
 * @param type MSH-9.1 and MSH-9.2, or a word where they are none
 */
record CorpusEntry(String id, String source, String type) {

    private static final String NO_TYPE = "none, or not one";

    static List<CorpusEntry> read(Path archive) throws IOException {
        String manifest = new String(Corpus.file(archive, "manifest.csv"), StandardCharsets.UTF_8);
        try (CsvReader<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(manifest)) {
            return lines.stream()
                    .map(line -> new CorpusEntry(
                            line.getField("id"), line.getField("source_repo"), type(line.getField("message_type"))))
                    .toList();
        }
    }

    private static String type(String given) {
        return given.matches("[A-Z]{3}(\\^[A-Z0-9]{3})?") ? given : NO_TYPE;
    }
}
