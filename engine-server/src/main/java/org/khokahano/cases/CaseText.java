package org.khokahano.cases;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.khokahano.config.cases.CaseConfig;
import org.khokahano.config.cases.CaseFiles;
import org.khokahano.config.read.Placed;

/**
 * Messages as they lie in files: one segment on each line, so that git and editors show them well. HL7
 * ends segments with CR, which is put in the place of line ends when a message is read.
 */
public final class CaseText {
    private CaseText() {}

    /** The message of a file; the file's bytes where they are no message, or have a CR of their own. */
    public static byte[] read(Path file) throws IOException {
        return message(Files.readAllBytes(file));
    }

    /**
     * The message of a case.
     *
     * @param directory the configuration's
     * @throws IOException if the file that it names cannot be read
     */
    public static byte[] of(Path directory, CaseFiles.Found found) throws IOException {
        return of(directory, found, found.config().message().value());
    }

    /** What the case says the asked destination answers; empty where it says nothing. */
    public static Optional<byte[]> answer(Path directory, CaseFiles.Found found) throws IOException {
        Optional<Placed<String>> written = found.config().answer();
        return written.isEmpty()
                ? Optional.empty()
                : Optional.of(of(directory, found, written.get().value()));
    }

    private static byte[] of(Path directory, CaseFiles.Found found, String written) throws IOException {
        return CaseConfig.isInline(written) ? inline(written) : read(CaseRun.resolve(directory, found.file(), written));
    }

    static byte[] inline(String text) {
        return message(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] message(byte[] bytes) {
        String text = latin(bytes);
        boolean kept = !text.startsWith("MSH") || text.replace("\r\n", "").indexOf('\r') >= 0;
        return kept ? bytes : text.replace("\r\n", "\n").replace('\n', '\r').getBytes(StandardCharsets.ISO_8859_1);
    }

    static void write(Path file, byte[] payload) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        String text = latin(payload);
        boolean kept = !text.startsWith("MSH") || text.indexOf('\n') >= 0;
        Files.write(file, kept ? payload : text.replace('\r', '\n').getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Each byte one character, so that line ends can be changed whatever the character set is. */
    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
