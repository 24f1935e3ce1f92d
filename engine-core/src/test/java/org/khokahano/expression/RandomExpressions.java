package org.khokahano.expression;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Makes expressions and messages of what people write and of what goes wrong; the same seed, the same ones. */
final class RandomExpressions {
    private static final List<String> VALUES = List.of(
            "",
            "\"\"",
            "A",
            "a",
            "ADT",
            "ORU",
            "A01",
            "R01",
            "QMMH",
            "LS01",
            "990011",
            "0",
            "12",
            "-3.5",
            "\\",
            "\\T\\",
            "\\X41\\",
            "&",
            "^",
            "|",
            "~",
            "é",
            "Ṁ",
            "\uD83D\uDE00",
            " A ",
            "PID-3",
            "ehr",
            "units",
            "A|B",
            "''",
            "\t");
    private static final List<String> PATHS = List.of(
            "MSH-9.1",
            "MSH-9",
            "MSH-3",
            "MSH-12",
            "MSH-1",
            "MSH-2",
            "PID-3",
            "PID-3.1",
            "PID-3[2].1",
            "PID-3[2]",
            "PID-3.4.2",
            "PID-5.1",
            "PID-8",
            "PID-30",
            "OBX-3.1",
            "OBX[2]-5",
            "OBX[9]-5",
            "OBX-5[2]",
            "NTE-3",
            "ZZZ-1");
    private static final List<String> FIELDS = List.of(
            "type",
            "event",
            "structure",
            "version",
            "processingId",
            "sendingApplication",
            "sendingFacility",
            "receivingApplication",
            "receivingFacility",
            "controlId");
    private static final List<String> PATTERNS = List.of("", "^A", "[0-9]+$", "^.$", "é|Q", "^\\\\\\\\", "(?i)adt");
    private static final List<String> CONTENTS = List.of(
            "",
            "",
            "\"\"",
            "A",
            "a",
            "ADT",
            "ORU",
            "A01",
            "QMMH",
            "990011",
            "12",
            "-3.5",
            "\\T\\",
            "\\X41\\",
            "\\F\\",
            "\\",
            "\\Z9\\",
            "é",
            "Ṁ",
            "\uD83D\uDE00",
            " A ",
            "A^B",
            "A&B^C",
            "A~B~\"\"",
            "~",
            "^^QMMH",
            "\"\"^\"\"",
            "LS-77^^^QMMH&x^MR~990011^^^NID",
            "PID-3");

    private final Random random;

    RandomExpressions(Random random) {
        this.random = random;
    }

    String condition(int depth) {
        if (depth == 0) {
            return test();
        }
        return switch (random.nextInt(7)) {
            case 0, 1 -> "(" + condition(depth - 1) + " && " + condition(depth - 1) + ")";
            case 2, 3 -> "(" + condition(depth - 1) + " || " + condition(depth - 1) + ")";
            case 4 -> "!(" + condition(depth - 1) + ")";
            case 5 ->
                random.nextBoolean()
                        ? "((" + condition(depth - 1) + ") ? (" + condition(depth - 1) + ") : (" + condition(depth - 1)
                                + "))"
                        : "((" + condition(depth - 1) + ")" + pick(" == ", " != ") + "(" + condition(depth - 1) + "))";
            default -> test();
        };
    }

    private String test() {
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> text(1) + pick(" == ", " != ") + text(1);
            case 3 -> subject() + pick(" == ", " != ") + constant();
            case 4 -> text(1) + " in " + list(this::constant);
            case 5 -> text(1) + " in " + (random.nextBoolean() ? list(() -> text(0)) : values());
            case 6 -> text(1) + pick(".startsWith(", ".endsWith(", ".contains(") + text(1) + ")";
            case 7 -> text(1) + ".matches('" + pick(PATTERNS) + "')";
            case 8 -> text(1) + pick(" < ", " >= ") + text(1);
            case 9 -> "table('units').has(" + text(1) + (random.nextBoolean() ? ")" : ", " + text(0) + ")");
            case 10 -> loop();
            case 11 -> "int(" + text(0) + pick(") < 10", ") / int(" + text(0) + ") > 1");
            case 12 -> pick("true", "false");
            default ->
                pick(text(1) + ".size() > 2", values() + ".size() == 1", values() + " == " + list(this::constant));
        };
    }

    /** Names of variables serve as names of what a loop goes over, too. */
    private String loop() {
        String name = pick("x", "listener", "facility", "msg", "code");
        String inner = switch (random.nextInt(5)) {
            case 0 -> "(" + ofLoop(name) + pick(" && ", " || ") + ofLoop(name) + ")";
            case 1 -> "!(" + ofLoop(name) + ")";
            default -> ofLoop(name);
        };
        return values() + pick(".exists(", ".all(", ".exists_one(") + name + ", " + inner + ")";
    }

    private String ofLoop(String name) {
        return pick(
                name + pick(" == ", " != ") + constant(),
                constant() + pick(" == ", " != ") + name,
                name + pick(".startsWith(", ".endsWith(", ".contains(") + constant() + ")",
                name + " in " + list(this::constant),
                "table('units').has(" + name + ")",
                constant() + ".startsWith(" + name + ")",
                name + " == facility",
                name + ".matches('^A')");
    }

    String text(int depth) {
        if (depth > 0) {
            switch (random.nextInt(8)) {
                case 0:
                    return "(" + text(depth - 1) + " + " + text(depth - 1) + ")";
                case 1:
                    return "((" + condition(0) + ") ? " + text(depth - 1) + " : " + text(depth - 1) + ")";
                case 2:
                    return "table('units')" + pick(".map(", ".display(") + text(depth - 1)
                            + (random.nextBoolean() ? ")" : ", " + text(depth - 1) + ")");
                case 3:
                    return pick(
                            values() + "[" + random.nextInt(3) + "]",
                            "msg[" + subject() + "]",
                            "string(int(" + text(0) + "))",
                            "string(" + text(0) + ".size())");
                default:
                    break;
            }
        }
        return random.nextInt(3) == 0 ? constant() : subject();
    }

    private String subject() {
        return switch (random.nextInt(5)) {
            case 0 -> pick("listener", "facility");
            case 1, 2 -> pick("msg.", "msg.", "received.") + pick(FIELDS);
            default -> pick("msg['", "msg['", "received['") + pick(PATHS) + "']";
        };
    }

    private String values() {
        return pick("msg", "received") + ".all('" + pick(PATHS) + "')";
    }

    private String constant() {
        return "'" + pick(VALUES).replace("\\", "\\\\").replace("'", "\\'").replace("\t", "\\t") + "'";
    }

    private String list(Supplier<String> element) {
        StringBuilder list = new StringBuilder("[").append(element.get());
        for (int more = random.nextInt(3); more > 0; more--) {
            list.append(", ").append(element.get());
        }
        return list.append(']').toString();
    }

    /** A message's text; segments and fields may be missing. */
    String message() {
        StringBuilder message = new StringBuilder("MSH|^~\\&|")
                .append(pick("EHR", "", "\"\"", "A"))
                .append('|');
        message.append(pick("QMMH", "", "\"\"")).append("|HUB|NRL|20261122||");
        message.append(pick("ADT^A01^ADT_A01", "ORU^R01", "ADT", "A", "", "\"\"^A01"))
                .append("|M1|");
        message.append(pick("P", "T", "")).append('|').append(pick("2.5.1", "2.3", "", "2.5^A"));
        message.append(pick("", "||||||UNICODE UTF-8")).append('\r');
        for (String segment : List.of("PID", "OBX", "OBX", "NTE", "ZZZ")) {
            if (random.nextInt(4) > 0) {
                message.append(segment);
                for (int field = random.nextInt(10); field > 0; field--) {
                    message.append('|').append(pick(CONTENTS));
                }
                message.append('\r');
            }
        }
        return message.toString();
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
