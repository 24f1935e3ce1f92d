package org.khokahano.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The slips and the malice that a file of a configuration meets. Each changes one place. */
enum ConfigurationMutation {
    MISSPELT_WORD {
        @Override
        String change(String text, Random random) {
            return replaced(text, "[A-Za-z]{3,}", random, word -> misspelt(word, random));
        }
    },
    MISSPELT_VALUE {
        @Override
        String change(String text, Random random) {
            return replaced(text, "(?<=: )[A-Za-z0-9./-]{3,}", random, word -> misspelt(word, random));
        }
    },
    WRONG_TYPE {
        @Override
        String change(String text, Random random) {
            return replaced(text, "(?<=: )[^{\\[\\n,}]+", random, word -> oneOf(WRONG_VALUES, random));
        }
    },
    WRONG_TYPE_OF_A_SECTION {
        @Override
        String change(String text, Random random) {
            return replaced(text, "(?<=: )[{\\[][^\\n]*", random, word -> oneOf(WRONG_VALUES, random));
        }
    },
    WRONG_EXPRESSION {
        @Override
        String change(String text, Random random) {
            return replaced(text, "(?<=when: )[^\\n]+", random, word -> oneOf(WRONG_EXPRESSIONS, random));
        }
    },
    LINE_TWICE {
        @Override
        String change(String text, Random random) {
            return replaced(text, "[^\\n]+\\n", random, line -> line + line);
        }
    },
    LINE_GONE {
        @Override
        String change(String text, Random random) {
            return replaced(text, "[^\\n]+\\n", random, line -> "");
        }
    },
    TAB_FOR_SPACES {
        @Override
        String change(String text, Random random) {
            return replaced(text, "(?<=\\n)  +", random, spaces -> "\t");
        }
    },
    INDENTED_ONCE_MORE {
        @Override
        String change(String text, Random random) {
            return replaced(text, "(?<=\\n) +", random, spaces -> spaces + " ");
        }
    },
    BRACKET_OR_QUOTE_GONE {
        @Override
        String change(String text, Random random) {
            return replaced(text, "[\\[\\]{}\"':,]", random, mark -> "");
        }
    },
    ODD_CHARACTER {
        @Override
        String change(String text, Random random) {
            int at = random.nextInt(text.length() + 1);
            return text.substring(0, at) + oneOf(ODD_CHARACTERS, random) + text.substring(at);
        }
    },
    CUT_SHORT {
        @Override
        String change(String text, Random random) {
            return text.substring(0, random.nextInt(text.length() + 1));
        }
    },
    ODD_TAIL {
        @Override
        String change(String text, Random random) {
            return text + oneOf(TAILS, random);
        }
    },
    NOT_TEXT {
        @Override
        void make(Path file, Random random) throws IOException {
            byte[] bytes = new byte[200];
            random.nextBytes(bytes);
            Files.write(file, bytes);
        }
    },
    IN_UTF_16 {
        @Override
        void make(Path file, Random random) throws IOException {
            Files.write(file, Files.readString(file).getBytes(StandardCharsets.UTF_16));
        }
    },
    MISSING {
        @Override
        void make(Path file, Random random) throws IOException {
            Files.delete(file);
        }
    },
    LARGE {
        @Override
        void make(Path file, Random random) throws IOException {
            Files.writeString(file, Files.readString(file) + "\n# " + "x".repeat(2 << 20));
        }
    };

    private static final List<String> WRONG_VALUES = List.of(
            "[1, 2]",
            "{a: b}",
            "-1",
            "99999999999999999999",
            "~",
            "''",
            "0",
            "1e9",
            "true",
            "\"\\0\"",
            "'{}'",
            "&a [*a]");
    private static final List<String> WRONG_EXPRESSIONS = List.of(
            "msg.typ == 'ADT'",
            "msg['PIDD-3'] == ''",
            "msg['PID-'] == ''",
            "msg.type",
            "1",
            "msg.type == 1",
            "size(msg)",
            "nothing()",
            "table('nowhere').has('x')",
            "\"((((((\"",
            "msg.type == 'ADT' && msg.type == 'ORU'",
            "\"'\"",
            "msg.all('PID-3') == 'x'",
            "\"msg.type.matches('(')\"");
    private static final List<String> ODD_CHARACTERS = List.of(
            "\0",
            "\u0007",
            "\u00a0",
            "\u200b",
            "\uFEFF",
            "\t",
            "\r",
            "*x",
            "&x ",
            "!!set ",
            "@",
            "%",
            "\"",
            "\ud83d\ude00");
    private static final List<String> TAILS = List.of(
            "\n---\nengine: another\n",
            "\nx: " + "[".repeat(3_000) + "\n",
            "\na: &a [x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b]\n"
                    + "d: &d [*c, *c, *c, *c, *c, *c, *c, *c]\ne: &e [*d, *d, *d, *d, *d, *d, *d, *d]\n"
                    + "f: [*e, *e, *e, *e, *e, *e, *e, *e, *e]\n",
            "\n<<: {log: {level: debug}}\n",
            "\n? [a, b]\n: c\n",
            "\ninclude: [engine.yaml]\n",
            "\ninclude: ['**/*']\n",
            "\nengine: again\n",
            "\n\"\": empty\n",
            "\n" + "k".repeat(2_000) + ": v\n");

    /** Changes the file at a place that the numbers choose; the file may stay as it is. */
    void make(Path file, Random random) throws IOException {
        Files.writeString(file, change(Files.readString(file), random));
    }

    String change(String text, Random random) {
        return text;
    }

    private static String misspelt(String word, Random random) {
        int at = random.nextInt(word.length());
        return switch (random.nextInt(3)) {
            case 0 -> word.substring(0, at) + word.substring(at + 1);
            case 1 -> word.substring(0, at) + "x" + word.substring(at);
            default -> word.substring(0, at) + "q" + word.substring(at + 1);
        };
    }

    private static String replaced(
            String text, String pattern, Random random, java.util.function.UnaryOperator<String> change) {
        List<MatchResult> places =
                Pattern.compile(pattern).matcher(text).results().toList();
        if (places.isEmpty()) {
            return text;
        }
        MatchResult place = places.get(random.nextInt(places.size()));
        return text.substring(0, place.start()) + change.apply(place.group()) + text.substring(place.end());
    }

    private static String oneOf(List<String> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
