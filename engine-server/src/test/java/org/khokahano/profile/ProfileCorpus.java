package org.khokahano.profile;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** The public profiles: profiles.tar.gz from KHOKA_CORPUS, or from shared/corpus beside the repository. */
final class ProfileCorpus {
    private static final int BLOCK = 512;

    private ProfileCorpus() {}

    static Optional<Path> archive() {
        String given = System.getenv("KHOKA_CORPUS");
        Path directory = given != null ? Path.of(given) : beside();
        Path archive = directory.resolve("profiles.tar.gz");
        return Files.exists(archive) ? Optional.of(archive) : Optional.empty();
    }

    /** Tests run in their module or in the repository. */
    private static Path beside() {
        Path here = Path.of("").toAbsolutePath();
        Path repository = Files.exists(here.resolve("engine-core")) ? here : Objects.requireNonNull(here.getParent());
        return repository.resolve("../shared/corpus");
    }

    /** The XML documents by their names. */
    static TreeMap<String, byte[]> documents(Path archive) throws IOException {
        TreeMap<String, byte[]> documents = new TreeMap<>();
        try (InputStream in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)))) {
            String longName = "";
            byte[] header = in.readNBytes(BLOCK);
            while (header.length == BLOCK && header[0] != 0) {
                String name = longName.isEmpty() ? text(header, 0, 100) : longName;
                int size = Integer.parseInt(text(header, 124, 12).strip(), 8);
                byte[] content = in.readNBytes(size);
                if (content.length < size) {
                    throw new EOFException("the archive ends inside of " + name);
                }
                in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
                // A name too long for the header stands in an entry of its own before it.
                longName = header[156] == 'L' ? text(content, 0, content.length) : "";
                if (header[156] == '0' && name.endsWith(".xml")) {
                    documents.put(name, content);
                }
                header = in.readNBytes(BLOCK);
            }
        }
        return documents;
    }

    private static String text(byte[] bytes, int offset, int length) {
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        int end = text.indexOf(0);
        return end < 0 ? text : text.substring(0, end);
    }
}
