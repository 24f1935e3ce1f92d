package org.khokahano.conformance.load;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.khokahano.expression.ExpressionCompiler;
import org.khokahano.expression.InvalidExpressionException;
import org.khokahano.message.InvalidPathException;
import org.khokahano.message.MessagePath;
import org.khokahano.message.definition.FieldTypes;
import org.khokahano.message.definition.Hl7Definitions;

/** Makes expressions that are known to compile. Of one thread, and costs half a second to make. */
final class ExpressionWriter {
    private final SourceValueSets sets;
    private final FieldTypes places;
    private final ExpressionCompiler compiler = new ExpressionCompiler(Set.of());
    private final Map<String, Optional<String>> reasons = new HashMap<>();

    ExpressionWriter(SourceValueSets sets, Hl7Definitions definitions) {
        this.sets = sets;
        this.places = new FieldTypes(definitions);
    }

    /**
     * An expression.
     *
     * @param differences in what it means a little differently than the assertion
     */
    record Written(String text, List<String> differences) {}

    Written write(XmlElement assertion, Scope scope) throws NotConvertibleException {
        AssertionText writer = new AssertionText(sets);
        String text = unwrapped(writer.write(assertion, scope));
        return new Written(checked(text), writer.differences());
    }

    /** Whether HL7 has the place, in any of its versions. */
    boolean isDefined(String path) {
        try {
            return places.has(MessagePath.parse(path));
        } catch (InvalidPathException none) {
            return false;
        }
    }

    /** The expression itself, where it compiles and reads what HL7 has. */
    String checked(String text) throws NotConvertibleException {
        Optional<String> reason = reasons.get(text);
        if (reason == null) {
            reason = compile(text);
            reasons.put(text, reason);
        }
        if (reason.isPresent()) {
            throw new NotConvertibleException(reason.get());
        }
        return text;
    }

    private Optional<String> compile(String text) {
        if (text.length() > ExpressionCompiler.MAX_LENGTH) {
            return Optional.of("the expression would be longer than " + ExpressionCompiler.MAX_LENGTH + " characters");
        }
        try {
            return compiler.condition(text).reads().paths().stream()
                    .filter(read -> !places.has(read.path()))
                    .findFirst()
                    .map(read -> read.path() + " does not exist in any version of HL7");
        } catch (InvalidExpressionException invalid) {
            return Optional.of("no expression can be made of it: "
                    + invalid.problems().get(0).message());
        }
    }

    /** Without brackets around all of it. */
    private static String unwrapped(String text) {
        if (!text.startsWith("(") || !text.endsWith(")")) {
            return text;
        }
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (quoted && character == '\\') {
                i++;
            } else if (character == '\'') {
                quoted = !quoted;
            } else if (!quoted && character == '(') {
                depth++;
            } else if (!quoted && character == ')' && --depth == 0 && i < text.length() - 1) {
                return text;
            }
        }
        return text.substring(1, text.length() - 1);
    }
}
