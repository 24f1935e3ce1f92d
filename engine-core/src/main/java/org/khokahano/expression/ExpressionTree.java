package org.khokahano.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelReference;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelUnparserFactory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A checked expression, with the questions that are asked of its parts. */
record ExpressionTree(String text, CelAbstractSyntaxTree checked) {

    CelExpr root() {
        return checked.getExpr();
    }

    CelType type(CelExpr part) {
        return checked.getType(part.id()).orElse(SimpleType.DYN);
    }

    boolean isMessage(CelExpr part) {
        return CelEnvironment.MESSAGE.equals(type(part));
    }

    /** The variable that a part names, its dots included; empty where it names none. */
    String variable(CelExpr part) {
        Kind kind = part.exprKind().getKind();
        if (kind != Kind.IDENT && kind != Kind.SELECT) {
            return "";
        }
        return checked.getReference(part.id()).map(CelReference::name).orElse("");
    }

    /** A part that calls the function; its target, where it has one, comes first in the arguments. */
    boolean calls(CelExpr part, String function) {
        return part.exprKind().getKind() == Kind.CALL && part.call().function().equals(function);
    }

    /** Text that is written out. */
    static @Nullable String constant(CelExpr part) {
        CelConstant constant = part.constantOrDefault();
        return constant.getKind() == CelConstant.Kind.STRING_VALUE ? constant.stringValue() : null;
    }

    Stream<CelExpr> parts(CelExpr part) {
        return CelNavigableExpr.fromExpr(part).allNodes().map(CelNavigableExpr::expr);
    }

    boolean hasLoop(CelExpr part) {
        return parts(part).anyMatch(each -> each.exprKind().getKind() == Kind.COMPREHENSION);
    }

    /** The part as an expression of its own. */
    CelAbstractSyntaxTree alone(CelExpr part) {
        return CelAbstractSyntaxTree.newCheckedAst(
                part, checked.getSource(), checked.getReferenceMap(), checked.getTypeMap());
    }

    String text(CelExpr part) {
        return part.id() == root().id()
                ? text.strip()
                : CelUnparserFactory.newUnparser().unparse(alone(part));
    }

    /** Where CEL places a part: the operator of an operation. */
    Place placeOf(long id) {
        Integer offset = checked.getSource().getPositionsMap().get(id);
        return offset == null ? new Place(1, 1) : place(offset);
    }

    /** Where a part begins. */
    Place startOf(CelExpr part) {
        return parts(part)
                .map(each -> checked.getSource().getPositionsMap().get(each.id()))
                .filter(offset -> offset != null)
                .min(Integer::compare)
                .map(this::place)
                .orElse(new Place(1, 1));
    }

    private Place place(int offset) {
        Optional<CelSourceLocation> location = checked.getSource().getOffsetLocation(offset);
        return location.map(at -> new Place(at.getLine(), at.getColumn() + 1)).orElse(new Place(1, 1));
    }

    /** The target of a call and its arguments. */
    static List<CelExpr> operands(CelExpr call) {
        Stream<CelExpr> target = call.call().target().stream();
        return Stream.concat(target, call.call().args().stream()).toList();
    }

    /** A place within the expression; both count from 1. */
    record Place(int line, int column) {}
}
