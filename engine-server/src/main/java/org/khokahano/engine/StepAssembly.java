package org.khokahano.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.mapping.MappingConfig;
import org.khokahano.config.mapping.StepConfig;
import org.khokahano.config.mapping.StepConfig.AddConfig;
import org.khokahano.config.mapping.StepConfig.CallConfig;
import org.khokahano.config.mapping.StepConfig.ConvertConfig;
import org.khokahano.config.mapping.StepConfig.CopyConfig;
import org.khokahano.config.mapping.StepConfig.EachConfig;
import org.khokahano.config.mapping.StepConfig.EndConfig;
import org.khokahano.config.mapping.StepConfig.MoveConfig;
import org.khokahano.config.mapping.StepConfig.RemoveConfig;
import org.khokahano.config.mapping.StepConfig.RunConfig;
import org.khokahano.config.mapping.StepConfig.SetConfig;
import org.khokahano.config.mapping.StepConfig.SplitConfig;
import org.khokahano.config.mapping.StepConfig.TranslateConfig;
import org.khokahano.config.mapping.StepConfig.ValueConfig;
import org.khokahano.config.mapping.StepConfig.WhenConfig;
import org.khokahano.config.read.Placed;
import org.khokahano.expression.ExpressionCompiler;
import org.khokahano.expression.InvalidExpressionException;
import org.khokahano.expression.ValueExpression;
import org.khokahano.message.MessagePath;
import org.khokahano.message.definition.Hl7Definitions;
import org.khokahano.transform.CustomSteps;
import org.khokahano.transform.step.AddStep;
import org.khokahano.transform.step.CallStep;
import org.khokahano.transform.step.ConvertValueStep;
import org.khokahano.transform.step.CopySegmentStep;
import org.khokahano.transform.step.CopyStep;
import org.khokahano.transform.step.DropStep;
import org.khokahano.transform.step.EachGroupStep;
import org.khokahano.transform.step.EachRepetitionStep;
import org.khokahano.transform.step.EachSegmentStep;
import org.khokahano.transform.step.ExpressionStep;
import org.khokahano.transform.step.FailStep;
import org.khokahano.transform.step.Groups;
import org.khokahano.transform.step.MoveStep;
import org.khokahano.transform.step.RemoveStep;
import org.khokahano.transform.step.RunStep;
import org.khokahano.transform.step.SetStep;
import org.khokahano.transform.step.SplitStep;
import org.khokahano.transform.step.SplittingStep;
import org.khokahano.transform.step.Step;
import org.khokahano.transform.step.StepPlace;
import org.khokahano.transform.step.TranslateStep;
import org.khokahano.transform.step.WhenStep;
import org.khokahano.transform.value.InvalidFunctionException;
import org.khokahano.transform.value.ValueFunction;
import org.khokahano.transform.value.ValueFunctions;

/** Makes running steps of those that are written. What is wrong with one was told when it was read. */
final class StepAssembly {

    private final Map<String, MappingConfig> files;
    private final Set<String> tables;
    private final Groups groups = new Groups(new Hl7Definitions());
    private @Nullable ExpressionCompiler compiler;

    StepAssembly(Map<String, MappingConfig> files, Set<String> tables) {
        this.files = files;
        this.tables = tables;
    }

    /** The steps of a mapping, in their order. */
    List<Step> steps(String mapping, List<StepConfig> configured) {
        return steps(mapping, "", configured, 0);
    }

    private List<Step> steps(String mapping, String before, List<StepConfig> configured, int first) {
        List<Step> steps = new ArrayList<>(configured.size());
        for (StepConfig step : configured) {
            String number = before + (first + steps.size() + 1);
            String subject =
                    step instanceof WhenConfig ? "" : " " + step.subject().value();
            boolean ends = step instanceof EndConfig;
            steps.add(step(new StepPlace(mapping, number, step.kind() + (ends ? "" : subject)), step));
        }
        return steps;
    }

    private Step step(StepPlace place, StepConfig step) {
        if (step instanceof SetConfig set) {
            return value(place, path(set.subject()), set.value());
        } else if (step instanceof CopyConfig copy) {
            MessagePath from = path(copy.subject());
            return copy.to()
                    .<Step>map(to -> new CopyStep(place, from, path(to)))
                    .orElseGet(() -> new CopySegmentStep(place, from));
        } else if (step instanceof MoveConfig move) {
            return new MoveStep(place, path(move.subject()), path(move.to()));
        } else if (step instanceof RemoveConfig remove) {
            return new RemoveStep(place, eachSegment(remove.subject().value()));
        } else if (step instanceof TranslateConfig translate) {
            return translate(place, translate);
        } else if (step instanceof WhenConfig when) {
            return when(place, when);
        } else if (step instanceof EachConfig each) {
            return each(place, each);
        } else if (step instanceof AddConfig add) {
            return add(place, add);
        }
        return other(place, step);
    }

    private Step other(StepPlace place, StepConfig step) {
        if (step instanceof CallConfig call) {
            MappingConfig called = files.get(call.subject().value());
            if (called == null) {
                throw new IllegalStateException(
                        "the mapping file " + call.subject().value() + " was not read");
            }
            return SplittingStep.wrapped(new CallStep(place, steps(called.mapping(), called.steps())));
        } else if (step instanceof SplitConfig split) {
            return split(place, split);
        } else if (step instanceof RunConfig run) {
            String name = run.subject().value();
            return new RunStep(place, CustomSteps.named(name).orElseThrow(), run.with());
        } else if (step instanceof EndConfig end) {
            return end.kind().equals("drop") ? new DropStep(place, end.reason()) : new FailStep(place, end.reason());
        }
        return conversion(place, (ConvertConfig) step);
    }

    private Step split(StepPlace place, SplitConfig split) {
        String what = split.subject().value();
        SplitStep.ControlId controlId =
                SplitStep.ControlId.valueOf(split.controlId().name());
        try {
            Optional<ValueExpression> expression = split.expression().isEmpty()
                    ? Optional.empty()
                    : Optional.of(compiler().value(split.expression().get().value()));
            return new SplitStep(place, what, what.length() == 3, controlId, expression, groups);
        } catch (InvalidExpressionException unchecked) {
            throw new IllegalStateException(place + " was not checked", unchecked);
        }
    }

    private Step conversion(StepPlace place, ConvertConfig convert) {
        MappingConfig shipped = ShippedMappings.conversionTo(convert.subject().value());
        return new CallStep(place, steps(shipped.mapping(), shipped.steps()));
    }

    private Step when(StepPlace place, WhenConfig when) {
        String inner = place.number() + ".";
        try {
            return SplittingStep.wrapped(new WhenStep(
                    place,
                    compiler().condition(when.subject().value()),
                    steps(place.mapping(), inner, when.steps(), 0),
                    // Numbered on behind those of 'do', so that a number names one step.
                    steps(place.mapping(), inner, when.otherwise(), when.steps().size())));
        } catch (InvalidExpressionException unchecked) {
            throw new IllegalStateException(place + " was not checked", unchecked);
        }
    }

    private Step each(StepPlace place, EachConfig each) {
        String what = each.subject().value();
        List<Step> inner = steps(place.mapping(), place.number() + ".", each.steps(), 0);
        if (what.length() == 3) {
            return new EachSegmentStep(place, what, inner);
        }
        if (what.indexOf('-') < 0) {
            return new EachGroupStep(place, what, groups, inner);
        }
        MessagePath field = MessagePath.parse(what.replaceAll("\\[\\*\\]$", ""));
        return new EachRepetitionStep(place, field, inner);
    }

    private Step add(StepPlace place, AddConfig add) {
        String segment = add.subject().value();
        List<Step> fields = new ArrayList<>();
        add.fields().forEach((number, value) -> {
            String path = segment + "-" + number;
            StepPlace inner = new StepPlace(place.mapping(), place.number() + "." + number, "set " + path);
            fields.add(value(inner, MessagePath.parse(path), value));
        });
        return new AddStep(place, segment, add.after().map(StepAssembly::path).orElse(null), fields);
    }

    private Step translate(StepPlace place, TranslateConfig translate) {
        return new TranslateStep(
                place,
                path(translate.subject()),
                translate.table().value(),
                translate.reverse(),
                translate.as() == StepConfig.TranslateAs.TRIPLET,
                TranslateStep.Unmapped.valueOf(translate.unmapped().policy().name()),
                translate.unmapped().otherwise());
    }

    private Step value(StepPlace place, MessagePath path, ValueConfig value) {
        if (value.to().isPresent()) {
            return new SetStep(place, path, value.to().get().value());
        }
        List<ValueFunction> functions =
                value.as().stream().map(each -> function(place, each.value())).toList();
        if (value.from().isPresent()) {
            MessagePath from = path(value.from().get());
            return functions.isEmpty()
                    ? new CopyStep(place, from, path)
                    : new ConvertValueStep(place, path, from, ValueFunctions.inOrder(functions));
        }
        ValueFunction all = functions.isEmpty() ? text -> text : ValueFunctions.inOrder(functions);
        try {
            String expression = value.value().orElseThrow().value();
            return new ExpressionStep(place, path, compiler().value(expression), all);
        } catch (InvalidExpressionException unchecked) {
            throw new IllegalStateException(place + " was not checked", unchecked);
        }
    }

    private static ValueFunction function(StepPlace place, String text) {
        try {
            return ValueFunctions.parse(text);
        } catch (InvalidFunctionException unchecked) {
            throw new IllegalStateException(place + " was not checked", unchecked);
        }
    }

    private static MessagePath path(Placed<String> written) {
        return MessagePath.parse(written.value());
    }

    /** A segment that is removed and not numbered is each of its name. */
    private static MessagePath eachSegment(String written) {
        return MessagePath.parse(written.length() == 3 ? written + "[*]" : written);
    }

    /** Loads CEL with the first expression, since that takes half a second of the engine's start. */
    private ExpressionCompiler compiler() {
        ExpressionCompiler known = compiler;
        if (known == null) {
            known = new ExpressionCompiler(tables);
            compiler = known;
        }
        return known;
    }
}
