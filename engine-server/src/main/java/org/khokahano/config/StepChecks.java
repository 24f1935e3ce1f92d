package org.khokahano.config;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.mapping.StepConfig;
import org.khokahano.config.mapping.StepConfig.AddConfig;
import org.khokahano.config.mapping.StepConfig.CopyConfig;
import org.khokahano.config.mapping.StepConfig.EachConfig;
import org.khokahano.config.mapping.StepConfig.MoveConfig;
import org.khokahano.config.mapping.StepConfig.RemoveConfig;
import org.khokahano.config.mapping.StepConfig.RunConfig;
import org.khokahano.config.mapping.StepConfig.SetConfig;
import org.khokahano.config.mapping.StepConfig.SplitConfig;
import org.khokahano.config.mapping.StepConfig.TranslateConfig;
import org.khokahano.config.mapping.StepConfig.ValueConfig;
import org.khokahano.config.mapping.StepConfig.WhenConfig;
import org.khokahano.config.problem.Location;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.problem.Suggestion;
import org.khokahano.config.read.Placed;
import org.khokahano.expression.ExpressionCompiler;
import org.khokahano.expression.ExpressionProblem;
import org.khokahano.expression.ExpressionReads;
import org.khokahano.expression.InvalidExpressionException;
import org.khokahano.message.InvalidPathException;
import org.khokahano.message.MessagePath;
import org.khokahano.message.definition.Hl7Definitions;
import org.khokahano.transform.CustomSteps;
import org.khokahano.transform.value.InvalidFunctionException;
import org.khokahano.transform.value.ValueFunctions;

/** One step: its paths against what HL7 defines, its functions, its expressions. */
final class StepChecks {
    private static final Pattern SEGMENT = Pattern.compile("[A-Z][A-Z0-9]{2}");
    private static final Pattern GROUP = Pattern.compile("[A-Z][A-Z0-9_]{3,}");

    private final Hl7Definitions definitions;
    private final DefinedPlaces places;
    private final MessageTypeChecks types;
    private final Set<String> tables;
    private final Problems problems;
    private @Nullable ExpressionCompiler compiler;

    /** @param tables the names of the code tables */
    StepChecks(Hl7Definitions definitions, Set<String> tables, Problems problems) {
        this.tables = tables;
        this.definitions = definitions;
        this.places = new DefinedPlaces(definitions, problems);
        this.types = new MessageTypeChecks(definitions, problems);
        this.problems = problems;
    }

    /** @param version what the mapping makes; null where it is not known */
    void check(StepConfig step, @Nullable String version) {
        if (step instanceof SetConfig set) {
            field(set.subject(), version);
            value(set.value());
        } else if (step instanceof CopyConfig copy) {
            MessagePath from = path(copy.subject(), null);
            copy.to().ifPresent(to -> field(to, version));
            if (from != null && (from.field() == 0) == copy.to().isPresent()) {
                boolean segment = from.field() == 0;
                problems.error(
                        copy.place(),
                        segment ? "a whole segment is copied to the end, not to a place" : "where is it copied to?",
                        segment ? "remove 'to'" : "write 'to' with a place");
            }
        } else if (step instanceof MoveConfig move) {
            field(move.subject(), null);
            field(move.to(), version);
        } else if (step instanceof RemoveConfig remove) {
            MessagePath path = path(remove.subject(), null);
            if (path != null && path.field() == 0 && path.segment().equals("MSH")) {
                problems.error(remove.place(), "a message cannot be without MSH", "name a field of it");
            }
        } else if (step instanceof TranslateConfig translate) {
            field(translate.subject(), null);
            table(translate.table());
        } else if (step instanceof WhenConfig when) {
            condition(when.subject());
        } else if (step instanceof EachConfig each) {
            walked(each.subject(), true);
        } else if (step instanceof SplitConfig split) {
            walked(split.subject(), false);
            split.expression().ifPresent(this::expression);
        } else if (step instanceof AddConfig add) {
            add(add, version);
        } else if (step instanceof RunConfig run) {
            custom(run);
        }
    }

    private void add(AddConfig add, @Nullable String version) {
        String name = add.subject().value();
        if (!SEGMENT.matcher(name).matches() || Set.of("MSH", "FHS", "BHS").contains(name)) {
            problems.error(add.place(), "'" + name + "' is not a segment that can be added", "write its name: NTE");
            return;
        }
        add.after().ifPresent(after -> path(after, null));
        defined(MessagePath.parse(name), add.subject(), version);
        add.fields().forEach((number, value) -> {
            defined(MessagePath.parse(name + "-" + number), add.subject(), version);
            value(value);
        });
    }

    private void value(ValueConfig value) {
        value.from().ifPresent(from -> field(from, null));
        value.value().ifPresent(this::expression);
        for (Placed<String> function : value.as()) {
            try {
                ValueFunctions.parse(function.value());
            } catch (InvalidFunctionException wrong) {
                String name = function.value().replaceAll("\\(.*", "");
                String hint = wrong.problem().startsWith("there is no function")
                        ? Suggestion.hint(name, ValueFunctions.words(), "functions")
                        : wrong.hint();
                Location place = ExpressionPlace.within(function.place(), 1, wrong.offset() + 1);
                problems.error(place, wrong.problem(), hint);
            }
        }
    }

    void walked(Placed<String> what, boolean repetitions) {
        String text = what.value();
        if (SEGMENT.matcher(text).matches()) {
            defined(MessagePath.parse(text), what, null);
        } else if (GROUP.matcher(text).matches()) {
            if (!definitions.hasGroup(text)) {
                Set<String> groups = definitions.groupNames();
                problems.error(
                        what.place(),
                        "no message structure has a group " + text,
                        Suggestion.nearest(text, groups)
                                .map(near -> "did you mean '" + near + "'?")
                                .orElse("write a group as HL7 names it, such as ORDER_OBSERVATION"));
            }
        } else if (repetitions) {
            field(what, null);
        } else {
            problems.error(
                    what.place(), "'" + text + "' is neither a segment nor a group", "write OBR or ORDER_OBSERVATION");
        }
    }

    /** @param version what is made; null where it is not known */
    void field(Placed<String> written, @Nullable String version) {
        MessagePath path = path(written, version);
        if (path != null && path.field() == 0) {
            problems.error(
                    written.place(),
                    "'" + written.value() + "' is a whole segment, not a field",
                    "name a field, such as " + written.value() + "-1");
        } else if (path != null && path.segment().equals("MSH") && path.field() <= 2 && version != null) {
            problems.error(written.place(), "MSH-1 and MSH-2 are the delimiters and cannot be written", "");
        }
    }

    @Nullable
    MessagePath path(Placed<String> written, @Nullable String version) {
        try {
            MessagePath path = MessagePath.parse(written.value());
            defined(path, written, version);
            return path;
        } catch (InvalidPathException wrong) {
            problems.error(
                    ExpressionPlace.within(written.place(), 1, wrong.position() + 1),
                    "'" + written.value() + "' is not a path of a message",
                    wrong.suggestion().isEmpty()
                            ? "write segment, field and component: PID-3.1"
                            : "did you mean '" + wrong.suggestion() + "'?");
            return null;
        }
    }

    private void defined(MessagePath path, Placed<String> written, @Nullable String version) {
        places.check(path, written, version);
    }

    private void custom(RunConfig run) {
        String name = run.subject().value();
        CustomSteps.named(name)
                .ifPresentOrElse(
                        step -> {
                            String problem = step.problem(run.with());
                            if (!problem.isEmpty()) {
                                problems.error(run.place(), "step " + name + ": " + problem, "");
                            }
                        },
                        () -> problems.error(
                                run.place(),
                                "there is no step '" + name + "' in Java",
                                Suggestion.hint(name, CustomSteps.names(), "steps on the class path")));
    }

    private void table(Placed<String> name) {
        if (!tables.contains(name.value())) {
            problems.error(
                    name.place(),
                    "there is no code table '" + name.value() + "'",
                    tables.isEmpty()
                            ? "declare it under 'tables'"
                            : Suggestion.hint(name.value(), tables, "code tables"));
        }
    }

    void condition(Placed<String> text) {
        try {
            read(text.place(), compiler().condition(text.value()).reads());
        } catch (InvalidExpressionException wrong) {
            report(text, wrong);
        }
    }

    private void expression(Placed<String> text) {
        try {
            read(text.place(), compiler().value(text.value()).reads());
        } catch (InvalidExpressionException wrong) {
            report(text, wrong);
        }
    }

    /**
     * What an expression reads, against all versions of HL7: a message may come in any.
     *
     * @param start where the expression begins
     */
    void read(Location start, ExpressionReads reads) {
        reads.paths().forEach(read -> {
            Location place = ExpressionPlace.within(start, read.line(), read.column());
            defined(read.path(), new Placed<>(read.path().toString(), place), null);
        });
        reads.compared().forEach(compared -> {
            Location place = ExpressionPlace.within(start, compared.line(), compared.column());
            types.compared(compared, place);
        });
    }

    private void report(Placed<String> text, InvalidExpressionException wrong) {
        for (ExpressionProblem problem : wrong.problems()) {
            Location place = ExpressionPlace.within(text.place(), problem.line(), problem.column());
            problems.error(place, problem.message(), problem.hint());
        }
    }

    /** Loading CEL takes half a second, which a configuration without expressions need not wait. */
    private ExpressionCompiler compiler() {
        ExpressionCompiler known = compiler;
        if (known == null) {
            known = new ExpressionCompiler(tables);
            compiler = known;
        }
        return known;
    }
}
