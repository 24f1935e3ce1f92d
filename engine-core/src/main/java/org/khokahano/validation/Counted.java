package org.khokahano.validation;

/** Numbers of things, as sentences for people have them. */
public final class Counted {

    private Counted() {}

    /** {@code 1 character}, {@code 2 characters}. */
    public static String of(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** {@code once}, {@code twice}, {@code 3 times}. */
    public static String times(int number) {
        return switch (number) {
            case 1 -> "once";
            case 2 -> "twice";
            default -> number + " times";
        };
    }
}
