package org.khokahano.expression;

import dev.cel.common.CelAbstractSyntaxTree;

/** Makes programs of what only CEL's interpreter can evaluate. */
@FunctionalInterface
interface Interpreter {
    CelProgram program(CelAbstractSyntaxTree tree);
}
