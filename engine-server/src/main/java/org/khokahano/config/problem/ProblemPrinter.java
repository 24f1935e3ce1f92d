package org.khokahano.config.problem;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/**
 * Prints problems as compilers do: place, message, the line with a caret under the spot, and what to
 * do.
 *
 * <p>The place comes first and in the form {@code file:line:column}, so that editors and terminals can
 * jump to it.
 */
public final class ProblemPrinter {
    private static final int MOST_PRINTED = 100;
    private static final int LONGEST_SHOWN = 160;
    private static final int KEPT_BEFORE_CARET = 100;

    private final Path directory;
    private final boolean coloured;

    /** @param directory the configuration's directory as the user wrote it; it stands before each file's name */
    public ProblemPrinter(Path directory, boolean coloured) {
        this.directory = directory;
        this.coloured = coloured;
    }

    /** Coloured only where standard output is a terminal and the user did not forbid it (NO_COLOR). */
    public static ProblemPrinter forTerminal(Path directory) {
        return new ProblemPrinter(directory, Ansi.AUTO.enabled());
    }

    /** Prints all problems, at most 100, and how many there are. Prints nothing if there are none. */
    public void print(List<Problem> problems, PrintWriter out) {
        if (problems.isEmpty()) {
            return;
        }
        problems.stream().limit(MOST_PRINTED).forEach(problem -> print(problem, out));
        if (problems.size() > MOST_PRINTED) {
            out.printf("... and %d more%n%n", problems.size() - MOST_PRINTED);
        }
        long errors = problems.stream().filter(Problem::isError).count();
        out.println(counted(errors, "error") + ", " + counted(problems.size() - errors, "warning"));
        out.flush();
    }

    private void print(Problem problem, PrintWriter out) {
        String place = directory.resolve(problem.file()) + ":" + problem.line() + ":" + problem.column();
        String severity =
                paint(problem.isError() ? "1;31" : "1;33", problem.severity().word() + ":");
        out.println(paint("1", place + ":") + " " + severity + " " + problem.message());
        String number = String.valueOf(problem.line());
        String margin = " ".repeat(number.length() + 2);
        if (!problem.sourceLine().isBlank()) {
            printSource(problem, number, margin, out);
        }
        if (!problem.hint().isEmpty()) {
            out.println(margin + paint("36", " = ") + problem.hint());
        }
        out.println();
    }

    private void printSource(Problem problem, String number, String margin, PrintWriter out) {
        // A file may hold anything, escape sequences for the terminal too.
        String line = problem.sourceLine().replaceAll("[\\p{Cc}&&[^\\t]]", "?");
        int caret = Math.min(problem.column() - 1, line.length());
        if (line.length() > LONGEST_SHOWN) {
            int start = Math.max(0, caret - KEPT_BEFORE_CARET);
            line = line.substring(start, Math.min(line.length(), start + LONGEST_SHOWN));
            caret -= start;
        }
        // Tabs stay tabs, so that the caret lands where the terminal put the character.
        String indent = line.substring(0, caret).replaceAll("[^\\t]", " ");
        out.println("  " + paint("36", number + " | ") + line);
        out.println(margin + paint("36", " | ") + indent + paint("1;31", "^"));
    }

    private String paint(String code, String text) {
        return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
