package org.khokahano.config.mapping;

import org.khokahano.config.mapping.MappingConfig.Limits;
import org.khokahano.config.mapping.MappingConfig.Start;
import org.khokahano.config.mapping.MappingConfig.TypeConfig;
import org.khokahano.config.read.PlacedType;
import org.khokahano.config.read.Section;
import org.khokahano.config.read.Types;

/** All that can be said in a mapping file but the steps. */
public final class MappingDeclaration {
    /** The type of messages that are made. */
    public static final Section<TypeConfig> TO = Section.of("to", section -> {
        var type = section.required(
                "type",
                new PlacedType<>(Types.written(
                        "a message type with its structure",
                        "write code, event and structure: OML^O21^OML_O21",
                        "[A-Z][A-Z0-9]{2}(?:\\^[A-Z][A-Z0-9]{2}(?:\\^[A-Z][A-Z0-9]{2}(?:_[A-Z0-9]{2,4})?)?)?")),
                "What MSH-9 of the messages is.");
        var version = section.optional("version", new PlacedType<>(Types.text()), "What MSH-12 of the messages is.");
        return values -> new TypeConfig(type.in(values), version.in(values));
    });

    private static final Section<Limits> LIMITS = Section.of("limits", section -> {
        var steps = section.field(
                "steps",
                Types.integer(1, 10_000_000),
                "10000",
                "How many steps are taken, each round of a loop counted.");
        var time = section.field("time", Types.duration(), "1s", "How long mapping a message may take.");
        var size = section.field("size", Types.size(), "16MB", "How many bytes may come of a message.");
        return values -> new Limits(steps.in(values), time.in(values), size.in(values));
    });

    /** A mapping file. */
    public static final Section<MappingConfig> MAPPING = Section.of("a mapping", section -> {
        var mapping = section.required(
                "mapping", new PlacedType<>(Types.name()), "The mapping's name, in reasons and traces.");
        var to = section.optional("to", TO, "The type of message that it makes; the received type if it is missing.");
        var start = section.field(
                "start",
                Types.choice(Start.class),
                "received",
                "Whether the received message is edited in place, or an empty one is built.");
        var limits = section.field("limits", LIMITS, "{}", "What mapping one message may cost.");
        var steps = section.required("steps", Types.list(StepDeclaration.STEP, "steps"), "What is done, in order.");
        section.instead("name", "did you mean 'mapping'?");
        return values -> new MappingConfig(
                mapping.in(values), to.in(values), start.in(values), limits.in(values), steps.in(values));
    });

    private MappingDeclaration() {}
}
