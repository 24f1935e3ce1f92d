package org.khokahano.expression;

import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.khokahano.expression.ClauseNode.Read;
import org.khokahano.message.MessagePath;

/** Finds what a test reads of a message, so that a trace can show it. */
final class ReadBuilder {

    private static final String BETWEEN = " | ";

    private final ExpressionTree tree;
    private final TextBuilder texts;

    ReadBuilder(ExpressionTree tree, TextBuilder texts) {
        this.tree = tree;
        this.texts = texts;
    }

    List<Read> reads(CelExpr part) {
        List<Read> reads = new ArrayList<>();
        Set<String> names = new HashSet<>();
        tree.parts(part).forEach(each -> {
            Read read = read(each);
            if (read != null && names.add(read.name())) {
                reads.add(read);
            }
        });
        return reads;
    }

    private @Nullable Read read(CelExpr part) {
        Function<ExpressionInput, String> reader = texts.reader(part);
        if (reader != null) {
            return new Read(name(part), reader);
        }
        if (!tree.calls(part, CelEnvironment.VALUES)) {
            return null;
        }
        List<CelExpr> operands = ExpressionTree.operands(part);
        String path = ExpressionTree.constant(operands.get(1));
        String message = tree.variable(operands.get(0));
        if (path == null || message.isEmpty()) {
            return null;
        }
        boolean received = message.equals(ExpressionInput.RECEIVED);
        MessagePath parsed = MessagePath.parse(path);
        return new Read(
                message + ".all('" + path + "')",
                input -> String.join(BETWEEN, (received ? input.received() : input.message()).values(parsed)));
    }

    private String name(CelExpr part) {
        String variable = tree.variable(part);
        if (!variable.isEmpty()) {
            return variable;
        }
        List<CelExpr> operands = ExpressionTree.operands(part);
        return tree.variable(operands.get(0)) + "['" + ExpressionTree.constant(operands.get(1)) + "']";
    }
}
