package org.khokahano.message;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The public HL7 messages, in a tar.gz in the directory that KHOKA_CORPUS names or in ../shared/corpus
 * beside the repository. Only the parts of the tar format that occur there: plain files, short names.
 */
public final class PublicCorpus {
    private static final int BLOCK = 512;

    private PublicCorpus() {}

    public static Optional<Path> archive(String name) {
        String directory = System.getenv("KHOKA_CORPUS");
        Stream<Path> places = directory == null
                ? Stream.of(Path.of("../shared/corpus"), Path.of("../../shared/corpus"))
                : Stream.of(Path.of(directory));
        return places.map(place -> place.resolve(name))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    public static Map<String, byte[]> read(Path archive) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(archive), 1 << 16))) {
            byte[] header = new byte[BLOCK];
            while (true) {
                in.readFully(header);
                if (header[0] == 0) {
                    return files;
                }
                byte[] content = new byte[Integer.parseInt(text(header, 124, 11), 8)];
                in.readFully(content);
                in.skipNBytes((BLOCK - content.length % BLOCK) % BLOCK);
                if (header[156] == '0') {
                    files.put(text(header, 0, 100), content);
                }
            }
        }
    }

    private static String text(byte[] header, int from, int length) {
        String field = new String(header, from, length, StandardCharsets.US_ASCII);
        int end = field.indexOf('\0');
        return (end < 0 ? field : field.substring(0, end)).strip();
    }
}
