package org.khokahano.letter;

/** How shares of two weeks compare. */
public enum Trend {
    BETTER("it has become better"),
    SAME("it is about the same"),
    WORSE("it has become worse");

    /** Less than this is chance, as far as anybody can tell. */
    private static final double NOTEWORTHY = 0.1;

    private static final double SMALL_SHARE = 0.001;

    private final String words;

    Trend(String words) {
        this.words = words;
    }

    /** Compares the share of the latest week with that of the week before. */
    public static Trend of(double recent, double before) {
        double difference = recent - before;
        if (Math.abs(difference) <= Math.max(SMALL_SHARE, before * NOTEWORTHY)) {
            return SAME;
        }
        return difference < 0 ? BETTER : WORSE;
    }

    public String words() {
        return words;
    }
}
