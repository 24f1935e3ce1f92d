package org.khokahano.send;

import java.util.Locale;

/**
 * Which deliveries a batch holds.
 *
 * @param messageId the first message's number in the store
 * @param firstDelivery number of the first delivery
 * @param lastDelivery number of the last
 * @param count how many there are
 */
public record BatchNumbers(long messageId, long firstDelivery, long lastDelivery, int count) {

    /** The batch's id, in BHS-11 and FHS-11: the same whenever the same deliveries go together (R30). */
    public String id() {
        return 'B' + base36(firstDelivery) + '.' + base36(lastDelivery) + '.' + count;
    }

    private static String base36(long number) {
        return Long.toString(number, Character.MAX_RADIX).toUpperCase(Locale.ROOT);
    }
}
