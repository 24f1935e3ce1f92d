package org.khokahano.file;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Which files are read, and what becomes of them.
 *
 * @param path the directory that senders write to
 * @param create whether that directory is made where it is not there
 * @param pattern a glob that a file's name must match
 * @param settle how long a file must not have changed before it is read
 * @param poll how often the directory is looked at while there is nothing to read
 * @param processed where files go whose messages were all taken
 * @param failed where the others go, each with its reason beside it
 * @param delete whether files are deleted instead of moved to {@code processed}
 * @param maxMessageBytes the longest message, 1 to 2^30
 * @param whole whether a file is handed over as it is, for a format to find the records in it; {@code
 *     maxMessageBytes} is the longest file then
 * @param keepLineEnds whether LF and CRLF stay; otherwise segments end with CR, as HL7 has it (2.5.4)
 * @param utf16 whether files in UTF-16 are read too, as UTF-8 (R51)
 */
public record DirectoryListenerSettings(
        Path path,
        boolean create,
        String pattern,
        FileOrder order,
        Duration settle,
        Duration poll,
        Path processed,
        Path failed,
        boolean delete,
        int maxMessageBytes,
        boolean whole,
        boolean keepLineEnds,
        boolean utf16) {

    public DirectoryListenerSettings {
        if (maxMessageBytes < 1 || maxMessageBytes > 1 << 30) {
            throw new IllegalArgumentException("the longest message is of 1 to 2^30 bytes");
        }
    }
}
