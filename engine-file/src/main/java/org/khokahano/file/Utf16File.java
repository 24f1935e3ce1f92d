package org.khokahano.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.khokahano.message.Utf16;

/**
 * A file in UTF-16 as the bytes of its text in UTF-8, however long it is (R51). Reading throws a
 * CharacterCodingException where it is not UTF-16.
 */
final class Utf16File extends InputStream {

    private static final int LONGEST_OF_UTF_8 = 3;
    private static final int CHUNK_CHARACTERS = 8 * 1024;

    /** So much of a file tells what it is. */
    private static final int HEAD_BYTES = 4;

    private final Reader reader;
    private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
    private final CharBuffer characters = CharBuffer.allocate(CHUNK_CHARACTERS);
    private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK_CHARACTERS * LONGEST_OF_UTF_8);
    private boolean ended;

    private Utf16File(Reader reader) {
        this.reader = reader;
        this.characters.flip();
        this.bytes.flip();
    }

    /** The file as UTF-8 where it is UTF-16, otherwise as it is. */
    static InputStream over(InputStream file) throws IOException {
        PushbackInputStream in = new PushbackInputStream(file, HEAD_BYTES);
        byte[] head = in.readNBytes(HEAD_BYTES);
        in.unread(head);
        Utf16 utf16 = Utf16.of(head);
        if (utf16 == null) {
            return in;
        }
        return new Utf16File(new InputStreamReader(
                in,
                utf16.charset()
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
    }

    /** What was read from such a file, as the message that it is in UTF-8. */
    static FileMessage labelled(FileMessage message) {
        String text = new String(message.bytes(), StandardCharsets.UTF_8);
        return new FileMessage(Utf16.labelledUtf8(text), message.tooLong());
    }

    @Override
    public int read() throws IOException {
        return fill() ? bytes.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, bytes.remaining());
        bytes.get(into, from, count);
        return count;
    }

    private boolean fill() throws IOException {
        while (!bytes.hasRemaining() && !ended) {
            characters.compact();
            ended = reader.read(characters) < 0;
            characters.flip();
            bytes.clear();
            // The first half of a pair at the end waits for the other.
            encoder.encode(characters, bytes, ended);
            bytes.flip();
        }
        return bytes.hasRemaining();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
