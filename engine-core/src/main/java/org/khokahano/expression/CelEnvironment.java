package org.khokahano.expression;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.Optional;

/** The language: CEL's variables, functions and bounds, as the compiler and the interpreter need them. */
final class CelEnvironment {

    static final CelType MESSAGE = OpaqueType.create("message");
    static final CelType TABLE = OpaqueType.create("table");
    private static final CelType TABLES = OpaqueType.create("tables");

    static final String INDEX = "_[_]";

    // CEL has macros all(x, condition) and map(x, value), with which functions of those names would
    // clash; macros with one argument less do not, and call these.
    static final String ALL = "all";
    static final String VALUES = "values";
    static final String TABLE_FUNCTION = "table";
    static final String HAS = "has";
    static final String MAP = "map";
    static final String TARGET = "target";
    static final String DISPLAY = "display";

    private static final List<Class<?>> TABLE_CODE_SYSTEM = List.of(TableInput.class, String.class, String.class);

    private CelEnvironment() {}

    private static CelOptions options(int iterations) {
        return CelOptions.current()
                .maxExpressionCodePointSize(ExpressionCompiler.MAX_LENGTH)
                .maxParseRecursionDepth(ExpressionCompiler.MAX_DEPTH)
                .comprehensionMaxIterations(iterations)
                .maxRegexProgramSize(ExpressionCompiler.MAX_REGEX_PROGRAM)
                .populateMacroCalls(true)
                .build();
    }

    static CelCompiler compiler() {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(options(ExpressionCompiler.MAX_ITERATIONS))
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS.stream()
                        .filter(macro -> macro != CelStandardMacro.MAP)
                        .toList())
                .addMacros(
                        CelMacro.newReceiverMacro(
                                ALL,
                                1,
                                (factory, target, arguments) ->
                                        Optional.of(factory.newReceiverCall(VALUES, target, arguments))),
                        CelMacro.newReceiverMacro(
                                MAP,
                                1,
                                (factory, target, arguments) ->
                                        Optional.of(factory.newReceiverCall(TARGET, target, arguments))),
                        CelMacro.newReceiverMacro(MAP, 2, CelEnvironment::map),
                        CelMacro.newGlobalMacro(
                                TABLE_FUNCTION,
                                1,
                                (factory, target, arguments) -> Optional.of(factory.newReceiverCall(
                                        TABLE_FUNCTION, factory.newIdentifier(ExpressionInput.TABLES), arguments))))
                .addFunctionDeclarations(
                        CelFunctionDecl.newFunctionDeclaration(
                                INDEX,
                                CelOverloadDecl.newGlobalOverload(
                                        "message_value", SimpleType.STRING, MESSAGE, SimpleType.STRING)),
                        CelFunctionDecl.newFunctionDeclaration(
                                VALUES,
                                CelOverloadDecl.newMemberOverload(
                                        "message_values",
                                        ListType.create(SimpleType.STRING),
                                        MESSAGE,
                                        SimpleType.STRING)),
                        CelFunctionDecl.newFunctionDeclaration(
                                TABLE_FUNCTION,
                                CelOverloadDecl.newMemberOverload("tables_table", TABLE, TABLES, SimpleType.STRING)),
                        onTable(HAS, SimpleType.BOOL),
                        onTable(TARGET, SimpleType.STRING),
                        onTable(DISPLAY, SimpleType.STRING))
                .addVar(ExpressionInput.MESSAGE, MESSAGE)
                .addVar(ExpressionInput.RECEIVED, MESSAGE)
                .addVar(ExpressionInput.TABLES, TABLES);
        for (String variable : ExpressionInput.textVariables()) {
            builder.addVar(variable, SimpleType.STRING);
        }
        return builder.build();
    }

    /** {@code map(code, system)} of a table; {@code map(x, value)} of a list stays CEL's own. */
    private static Optional<CelExpr> map(
            CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
        boolean ofTable = target.exprKind().getKind() == Kind.CALL
                && target.call().function().equals(TABLE_FUNCTION);
        return ofTable
                ? Optional.of(factory.newReceiverCall(TARGET, target, arguments))
                : CelStandardMacro.MAP.getDefinition().getExpander().expandMacro(factory, target, arguments);
    }

    private static CelFunctionDecl onTable(String function, CelType result) {
        return CelFunctionDecl.newFunctionDeclaration(
                function,
                CelOverloadDecl.newMemberOverload("table_" + function, result, TABLE, SimpleType.STRING),
                CelOverloadDecl.newMemberOverload(
                        "table_" + function + "_system", result, TABLE, SimpleType.STRING, SimpleType.STRING));
    }

    /** An interpreter whose loops take at most that many steps in one evaluation. */
    static CelRuntime runtime(int iterations) {
        return CelRuntimeFactory.standardCelRuntimeBuilder()
                .setOptions(options(iterations))
                .addFunctionBindings(
                        CelFunctionBinding.from(
                                "message_value", MessageInput.class, String.class, MessageInput::valueAt),
                        CelFunctionBinding.from(
                                "message_values", MessageInput.class, String.class, MessageInput::valuesAt),
                        CelFunctionBinding.from(
                                "tables_table", ExpressionInput.class, String.class, ExpressionInput::table),
                        CelFunctionBinding.from("table_has", TableInput.class, String.class, TableInput::has),
                        CelFunctionBinding.from("table_target", TableInput.class, String.class, TableInput::target),
                        CelFunctionBinding.from("table_display", TableInput.class, String.class, TableInput::display),
                        CelFunctionBinding.from(
                                "table_has_system",
                                TABLE_CODE_SYSTEM,
                                call -> ((TableInput) call[0]).has((String) call[1], (String) call[2])),
                        CelFunctionBinding.from(
                                "table_target_system",
                                TABLE_CODE_SYSTEM,
                                call -> ((TableInput) call[0]).target((String) call[1], (String) call[2])),
                        CelFunctionBinding.from(
                                "table_display_system",
                                TABLE_CODE_SYSTEM,
                                call -> ((TableInput) call[0]).display((String) call[1], (String) call[2])))
                .build();
    }
}
