package org.khokahano.cli.terminal;

import picocli.CommandLine.Help.Ansi;

/** Colours, where they are wanted. */
public record Paint(boolean coloured) {

    /** Coloured only where standard output is a terminal and the user did not forbid it (NO_COLOR). */
    public static Paint forTerminal() {
        return new Paint(Ansi.AUTO.enabled());
    }

    public String good(String text) {
        return in("32", text);
    }

    public String bad(String text) {
        return in("1;31", text);
    }

    public String odd(String text) {
        return in("33", text);
    }

    public String place(String text) {
        return in("36", text);
    }

    public String strong(String text) {
        return in("1", text);
    }

    public String faint(String text) {
        return in("2", text);
    }

    private String in(String code, String text) {
        return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** A value of a message as a terminal may show it: it may hold anything, escape sequences too. */
    public static String shown(String value) {
        return value.replaceAll("\\p{Cc}", "?");
    }
}
