package org.khokahano.conformance.load;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decodes a document by its byte order mark or its declaration: the JDK's parser says of a wrong byte no place. */
final class XmlEncoding {
    private static final int LONGEST_DECLARATION = 200;
    private static final Pattern DECLARED =
            Pattern.compile("\\A<\\?xml[^>]{0,100}?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");

    private XmlEncoding() {}

    static String decode(byte[] bytes, String file) throws UnreadableProfileException {
        Charset charset = charset(bytes, file);
        ByteBuffer input = ByteBuffer.wrap(bytes);
        // Strict decoders make one character of a byte at most.
        CharBuffer text = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(input, text, true);
        String decoded = text.flip().toString();
        if (result.isError()) {
            int lineStart = decoded.lastIndexOf('\n') + 1;
            int line =
                    (int) decoded.chars().filter(character -> character == '\n').count() + 1;
            throw new UnreadableProfileException(
                    file,
                    line,
                    decoded.length() - lineStart + 1,
                    String.format("not XML: the byte 0x%02X is not %s", bytes[input.position()], charset.name()));
        }
        return decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
    }

    private static Charset charset(byte[] bytes, String file) throws UnreadableProfileException {
        if (bytes.length >= 2 && (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF)) {
            return StandardCharsets.UTF_16BE;
        }
        if (bytes.length >= 2 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
            return StandardCharsets.UTF_16LE;
        }
        int length = Math.min(bytes.length, LONGEST_DECLARATION);
        Matcher declared = DECLARED.matcher(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
        if (!declared.find()) {
            return StandardCharsets.UTF_8;
        }
        try {
            Charset charset = Charset.forName(declared.group(1));
            // What declares one of these in single bytes is not in it.
            return charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32")
                    ? StandardCharsets.UTF_8
                    : charset;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw new UnreadableProfileException(
                    file, 1, declared.start(1) + 1, "the encoding " + declared.group(1) + " is not known");
        }
    }
}
