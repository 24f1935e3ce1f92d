package org.khokahano.bench.load;

import java.nio.charset.StandardCharsets;

/** Reads MSA-1 and MSA-2 of an answer where they stand. */
final class AckReader {
    private static final byte[] MSA = Bytes.ascii("\rMSA|");

    private byte[] bytes = new byte[0];
    private int codeStart;
    private int codeEnd;
    private int idStart;
    private int idEnd;

    /** Points this reader at an answer; false if it has no MSA segment. */
    boolean read(byte[] answer, int length) {
        int segment = Bytes.indexOf(answer, length, MSA);
        if (segment < 0) {
            return false;
        }
        bytes = answer;
        codeStart = segment + MSA.length;
        codeEnd = Bytes.fieldEnd(answer, length, codeStart);
        idStart = Math.min(codeEnd + 1, length);
        idEnd = Bytes.fieldEnd(answer, length, idStart);
        return true;
    }

    /** True for AA and CA. */
    boolean isPositive() {
        return codeEnd - codeStart == 2
                && bytes[codeStart + 1] == 'A'
                && (bytes[codeStart] == 'A' || bytes[codeStart] == 'C');
    }

    /** True for the answers of enhanced mode's accept level. */
    boolean isCommit() {
        return codeEnd > codeStart && bytes[codeStart] == 'C';
    }

    String code() {
        return codeEnd == codeStart
                ? "(empty)"
                : new String(bytes, codeStart, codeEnd - codeStart, StandardCharsets.US_ASCII);
    }

    /** The message number in MSA-2, or -1 if it is not one of this run's ids. */
    long number(byte[] controlPrefix) {
        return Bytes.startsWith(bytes, idStart, controlPrefix)
                ? Bytes.readDecimal(bytes, idStart + controlPrefix.length, idEnd)
                : -1;
    }
}
