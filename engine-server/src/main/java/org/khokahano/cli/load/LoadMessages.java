package org.khokahano.cli.load;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.khokahano.cli.peer.InventedPeople;

/** Admissions of invented people, each with a control id (MSH-10) that was never used before. */
final class LoadMessages {
    private static final int PEOPLE = 10_000;
    private static final String FILLER = "ZLD|";

    private final String prefix;
    private final int sizeBytes;

    /** @param runMillis when the run began: makes its ids differ from those of every other run */
    LoadMessages(long runMillis, int sizeBytes) {
        // MSH-10 has 20 characters before version 2.7: nine of these, nine of the number.
        this.prefix = "L" + Long.toString(runMillis, 36).toUpperCase(Locale.ROOT) + "-";
        this.sizeBytes = sizeBytes;
    }

    String controlId(long number) {
        return prefix + number;
    }

    byte[] message(long number) {
        String text = "MSH|^~\\&|KHOKA-LOAD|LOAD|HUB|MOH|20260101120000+0200||ADT^A01^ADT_A01|" + controlId(number)
                + "|P|2.5.1|||||LSO|UNICODE UTF-8\r"
                + "EVN|A01|20260101120000+0200\r"
                + InventedPeople.pid((int) (number % PEOPLE), "LOAD") + "\r"
                + "PV1|1|I|MED^204^2^LOAD||||0417^" + InventedPeople.family((int) (number % PEOPLE)) + "^Teboho\r";
        int missing = sizeBytes - text.length() - FILLER.length() - 1;
        String padded = missing < 0 ? text : text + FILLER + "x".repeat(missing) + "\r";
        return padded.getBytes(StandardCharsets.US_ASCII);
    }
}
