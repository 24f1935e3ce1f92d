package org.khokahano.message;

/**
 * The bytes of a message and how to scan them. Where every byte below 128 is ASCII, {@code scan} is
 * {@code bytes}; where bytes that look like delimiters occur inside characters (ISO 2022, Big5,
 * GB 18030), {@code scan} is a copy of equal length in which those characters are filled
 * over. So offsets are the same in both, and the scanners know nothing of character sets.
 */
final class Source {
    final byte[] bytes;
    final byte[] scan;

    final Delimiters delimiters;

    Source(byte[] bytes, byte[] scan, Delimiters delimiters) {
        this.bytes = bytes;
        this.scan = scan;
        this.delimiters = delimiters;
    }
}
