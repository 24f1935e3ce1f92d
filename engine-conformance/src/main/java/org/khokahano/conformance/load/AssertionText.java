package org.khokahano.conformance.load;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.khokahano.conformance.load.Scope.Target;
import org.khokahano.conformance.load.SourceValueSets.ValueSet;

/**
 * Makes expressions of assertions: the language of conditions and statements in NIST's documents (Expressions.xsd),
 * and the older one within HL7v2xConformanceProfile. Of one thread.
 */
final class AssertionText {
    /** A number as HL7's NM has it. */
    private static final String NUMBER = "[+-]?[0-9]+(?:\\.[0-9]*)?";

    /** As large as the patterns of profiles may be. */
    private static final int MOST_PROGRAM = 1_000;

    private final SourceValueSets sets;
    private final List<String> differences = new ArrayList<>();

    AssertionText(SourceValueSets sets) {
        this.sets = sets;
    }

    /** What the expressions written so far mean a little differently. */
    List<String> differences() {
        return differences;
    }

    /** The expression, true where the assertion is. */
    String write(XmlElement e, Scope scope) throws NotConvertibleException {
        return switch (e.name()) {
            case "Presence", "Valued" -> target(e, scope).present();
            case "PlainText" -> plainText(e, scope);
            case "Format", "Regex" -> matched(e, scope, pattern(first(e, "Regex", "regex")));
            case "StringFormat" -> matched(e, scope, stringFormat(e));
            case "StringList", "List" -> stringList(e, scope);
            case "NumberList" -> numberList(e, scope);
            case "SimpleValue" -> simpleValue(e, scope);
            case "PathValue" -> pathValue(e, scope);
            case "ValueSet" -> valueSet(e, scope);
            case "isNULL" -> CelText.value(target(e, scope).path()) + " == '\"\"'";
            case "AND", "FORALL" -> CelText.and(all(e, scope));
            case "OR", "EXIST" -> CelText.or(all(e, scope));
            case "XOR" -> "(" + one(e, 0, scope) + ") != (" + one(e, 1, scope) + ")";
            case "IMPLY" -> "(" + CelText.not(one(e, 0, scope)) + " || " + one(e, 1, scope) + ")";
            case "NOT" -> not(e, scope);
            case "SubContext" -> subContext(e, scope);
            case "SetID", "IZSetID", "SequenceID" ->
                throw new NotConvertibleException(
                        e.name() + " is carried over only where it is all that a statement says");
            case "Plugin", "Custom" ->
                throw new NotConvertibleException(
                        "it is a program: the class " + first(e, "QualifiedClassName", "className"));
            default -> throw new NotConvertibleException("'" + e.name() + "' is no assertion that is known");
        };
    }

    private String not(XmlElement e, Scope scope) throws NotConvertibleException {
        XmlElement inner = child(e, 0);
        return inner.name().equals("Presence") || inner.name().equals("Valued")
                ? target(inner, scope).absent()
                : CelText.not(write(inner, scope));
    }

    private List<String> all(XmlElement e, Scope scope) throws NotConvertibleException {
        if (e.children().isEmpty()) {
            throw new NotConvertibleException(e.name() + " is empty");
        }
        List<String> parts = new ArrayList<>();
        for (XmlElement child : e.children()) {
            parts.add(write(child, scope));
        }
        return parts;
    }

    private String one(XmlElement e, int index, Scope scope) throws NotConvertibleException {
        return write(child(e, index), scope);
    }

    private static XmlElement child(XmlElement e, int index) throws NotConvertibleException {
        if (index >= e.children().size()) {
            throw new NotConvertibleException(e.name() + " needs " + (index + 1) + " assertions in it");
        }
        return e.children().get(index);
    }

    private static Target target(XmlElement e, Scope scope) throws NotConvertibleException {
        return scope.resolve(first(e, "Path", "location"));
    }

    private static String first(XmlElement e, String... names) {
        return Arrays.stream(names)
                .filter(e::has)
                .map(e::rawAttribute)
                .findFirst()
                .orElse("");
    }

    private String plainText(XmlElement e, Scope scope) throws NotConvertibleException {
        if (e.has("locationContent")) {
            Target other = scope.resolve(e.attribute("locationContent"));
            return quantified(e, target(e, scope), value -> value + " == " + CelText.value(other.path()));
        }
        String text = first(e, "Text", "value");
        boolean ignoreCase = isTrue(e, "IgnoreCase");
        return quantified(
                e,
                target(e, scope),
                value -> ignoreCase
                        ? CelText.matches(value, "(?i)" + CelText.literal(text))
                        : value + " == " + CelText.text(text));
    }

    private String matched(XmlElement e, Scope scope, String pattern) throws NotConvertibleException {
        return quantified(e, target(e, scope), value -> CelText.matches(value, pattern));
    }

    /** The pattern, where it is one of RE2, which has neither references back nor looks around. */
    static String pattern(String pattern) throws NotConvertibleException {
        try {
            if (Pattern.compile(pattern).programSize() > MOST_PROGRAM) {
                throw new NotConvertibleException("the regular expression is larger than those that are allowed");
            }
            return pattern;
        } catch (PatternSyntaxException other) {
            throw new NotConvertibleException(
                    "the regular expression is not one of RE2 (" + other.getDescription() + ")");
        }
    }

    private String stringFormat(XmlElement e) throws NotConvertibleException {
        differences.add("the check digit is not looked at");
        return switch (e.attribute("Format").toUpperCase(Locale.ROOT)) {
            case "LOINC" -> "[0-9]{1,7}-[0-9]";
            case "SNOMED" -> "[0-9]{6,18}";
            default -> throw new NotConvertibleException("the format '" + e.attribute("Format") + "' is not known");
        };
    }

    private String stringList(XmlElement e, Scope scope) throws NotConvertibleException {
        String texts = CelText.texts(texts(e));
        return quantified(e, target(e, scope), value -> value + " in " + texts);
    }

    /** The values of a list. */
    static List<String> texts(XmlElement e) {
        return Arrays.stream(first(e, "CSV", "csv").split(",", -1))
                .map(String::strip)
                .distinct()
                .toList();
    }

    private String numberList(XmlElement e, Scope scope) throws NotConvertibleException {
        List<String> numbers = new ArrayList<>();
        for (String written : texts(e)) {
            numbers.add(number(written));
        }
        String list = "[" + String.join(", ", numbers) + "]";
        return quantified(
                e,
                target(e, scope),
                value -> "(" + CelText.matches(value, NUMBER) + " && double(" + value + ") in " + list + ")");
    }

    /** A number as CEL writes it. */
    private static String number(String written) throws NotConvertibleException {
        if (!written.matches(NUMBER)) {
            throw new NotConvertibleException("'" + written + "' is no number");
        }
        String plain = written.startsWith("+") ? written.substring(1) : written;
        return plain.endsWith(".") ? plain + "0" : plain.contains(".") ? plain : plain + ".0";
    }

    private String simpleValue(XmlElement e, Scope scope) throws NotConvertibleException {
        String operator = operator(e);
        String written = e.rawAttribute("Value");
        if (e.attribute("Type").equals("Number")) {
            String number = number(written.strip());
            return quantified(
                    e,
                    target(e, scope),
                    value -> "(" + CelText.matches(value, NUMBER) + " && double(" + value + ") " + operator + " "
                            + number + ")");
        }
        if (!e.attribute("Type").isEmpty() && !e.attribute("Type").equals("String")) {
            throw new NotConvertibleException("values of the type '" + e.attribute("Type") + "' are not compared");
        }
        return quantified(e, target(e, scope), value -> value + " " + operator + " " + CelText.text(written));
    }

    private static String operator(XmlElement e) throws NotConvertibleException {
        return switch (e.attribute("Operator")) {
            case "EQ" -> "==";
            case "NE" -> "!=";
            case "GT" -> ">";
            case "LT" -> "<";
            case "GE" -> ">=";
            case "LE" -> "<=";
            default -> throw new NotConvertibleException("'" + e.attribute("Operator") + "' is no operator");
        };
    }

    private String pathValue(XmlElement e, Scope scope) throws NotConvertibleException {
        Target left = scope.resolve(e.attribute("Path1"));
        Target right = scope.resolve(e.attribute("Path2"));
        if (left.many() || right.many()) {
            throw new NotConvertibleException("several values are compared with each other");
        }
        if (left.composite() || right.composite()) {
            throw new NotConvertibleException("places with components are compared as a whole");
        }
        if (isTrue(e, "Truncated")) {
            throw new NotConvertibleException("times are compared by their shorter form");
        }
        String a = CelText.value(left.path());
        String b = CelText.value(right.path());
        String operator = operator(e);
        String compared = a + " " + operator + " " + b;
        boolean ordered = !operator.equals("==") && !operator.equals("!=");
        if (ordered && left.type().equals("NM")) {
            compared = CelText.matches(a, NUMBER) + " && " + CelText.matches(b, NUMBER) + " && double(" + a + ") "
                    + operator + " double(" + b + ")";
        } else if (ordered) {
            differences.add("values are compared as texts: times in order where they have one form");
        }
        // NIST: two that are empty pass, unless it says otherwise; one that is empty does not.
        String both = "(" + a + " != '' && " + b + " != '' && " + compared + ")";
        return switch (e.attribute("NotPresentBehavior").toUpperCase(Locale.ROOT)) {
            case "FAIL" -> both;
            default -> "((" + a + " == '' && " + b + " == '') || " + both + ")";
        };
    }

    private String valueSet(XmlElement e, Scope scope) throws NotConvertibleException {
        String name = e.attribute("ValueSetID");
        ValueSet set = sets.find(name);
        if (set == null || set.codes().isEmpty()) {
            throw new NotConvertibleException(
                    "the codes of the value set " + name + " are in no library that is given");
        }
        String location = e.attribute("BindingLocation");
        int component = location.matches("[1-9]") ? Integer.parseInt(location) : 1;
        if (location.length() > 1) {
            differences.add("the code is looked for in component 1 only, not at " + location);
        }
        String codes = CelText.texts(List.copyOf(set.codes().keySet()));
        return quantified(e, target(e, scope).code(component), value -> value + " in " + codes);
    }

    private String subContext(XmlElement e, Scope scope) throws NotConvertibleException {
        Target place = target(e, scope);
        if (e.has("MinOccurrence") || e.has("AtLeastOnce") && isTrue(e, "AtLeastOnce")) {
            throw new NotConvertibleException("it is about how many of several places");
        }
        String inner = write(child(e, 0), scope.within(first(e, "Path", "location")));
        return switch (e.attribute("NotPresentBehavior").toUpperCase(Locale.ROOT)) {
            case "FAIL" -> CelText.and(List.of(place.present(), inner));
            default -> CelText.or(List.of(place.absent(), inner));
        };
    }

    private interface Test {
        String of(String value);
    }

    /** All values, one at least, or so many; where there is none, as the assertion says, which else is true then. */
    private static String quantified(XmlElement e, Target target, Test test) throws NotConvertibleException {
        boolean fails = e.attribute("NotPresentBehavior").equalsIgnoreCase("FAIL");
        if (target.composite()) {
            throw new NotConvertibleException(target.path() + " has components, and no value of its own");
        }
        if (e.has("Min")) {
            return counted(e, target, test, fails);
        }
        if (!target.many()) {
            String value = CelText.value(target.path());
            return fails
                    ? "(" + value + " != '' && " + test.of(value) + ")"
                    : "(" + value + " == '' || " + test.of(value) + ")";
        }
        String values = CelText.values(target.path());
        if (isTrue(e, "AtLeastOnce")) {
            String some = values + ".exists(v, v != '' && " + test.of("v") + ")";
            return fails ? some : "(" + values + ".all(v, v == '') || " + some + ")";
        }
        String every = values + ".all(v, v == '' || " + test.of("v") + ")";
        return fails ? "(" + values + ".exists(v, v != '') && " + every + ")" : every;
    }

    private static String counted(XmlElement e, Target target, Test test, boolean fails)
            throws NotConvertibleException {
        String most = e.attribute("Max");
        if (!e.attribute("Min").matches("[0-9]{1,6}") || !most.matches("[0-9]{1,6}|\\*")) {
            throw new NotConvertibleException("Min and Max are no numbers");
        }
        String values = CelText.values(target.path());
        String count = "size(" + values + ".filter(v, v != '' && " + test.of("v") + "))";
        String atMost = most.equals("*") ? "" : " && " + count + " <= " + most;
        String counted = "(" + count + " >= " + e.attribute("Min") + atMost + ")";
        return fails
                ? "(" + values + ".exists(v, v != '') && " + counted + ")"
                : "(" + values + ".all(v, v == '') || " + counted + ")";
    }

    private static boolean isTrue(XmlElement e, String attribute) {
        return e.attribute(attribute).equals("true") || e.attribute(attribute).equals("1");
    }
}
