package org.khokahano.fault;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The public corpus: messages.tar.gz from KHOKA_CORPUS, or from shared/corpus beside the repository. */
public final class Corpus {

    private static final int BLOCK = 512;

    private Corpus() {}

    public static Optional<Path> archive() {
        String given = System.getenv("KHOKA_CORPUS");
        Path directory =
                given != null ? Path.of(given) : EngineProcess.repository().resolve("../shared/corpus");
        Path archive = directory.resolve("messages.tar.gz");
        return Files.exists(archive) ? Optional.of(archive) : Optional.empty();
    }

    /** The files under messages/, by name. */
    public static Map<String, byte[]> messages(Path archive) throws IOException {
        Map<String, byte[]> messages = new LinkedHashMap<>();
        try (InputStream in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)))) {
            byte[] header = in.readNBytes(BLOCK);
            while (header.length == BLOCK && header[0] != 0) {
                String name = text(header, 0, 100);
                int size = Integer.parseInt(text(header, 124, 12).strip(), 8);
                byte[] content = in.readNBytes(size);
                if (content.length < size) {
                    throw new EOFException("the archive ends inside of " + name);
                }
                in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
                if (name.startsWith("messages/") && size > 0) {
                    messages.put(name, content);
                }
                header = in.readNBytes(BLOCK);
            }
        }
        return messages;
    }

    private static String text(byte[] header, int offset, int length) {
        String text = new String(header, offset, length, StandardCharsets.US_ASCII);
        int end = text.indexOf(0);
        return end < 0 ? text : text.substring(0, end);
    }
}
