package org.khokahano.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.mapping.MappingConfig;
import org.khokahano.config.mapping.MappingConfig.Limits;
import org.khokahano.config.mapping.MappingConfig.Start;
import org.khokahano.config.mapping.MappingConfig.TypeConfig;
import org.khokahano.mapping.Mapping;
import org.khokahano.message.MessagePath;
import org.khokahano.table.CodeTables;
import org.khokahano.transform.MappingChain;
import org.khokahano.transform.StepMapping;
import org.khokahano.transform.TraceableMapping;
import org.khokahano.transform.step.MappingProgram;
import org.khokahano.transform.step.RunLimits;
import org.khokahano.transform.step.SetStep;
import org.khokahano.transform.step.Step;
import org.khokahano.transform.step.StepPlace;

/** The mappings of routes, each list of files made once, so that routes that name the same share it. */
final class MappingAssembly {

    private final Map<String, MappingConfig> files;
    private final CodeTables tables;
    private final StepAssembly steps;
    private final Map<String, StepMapping> made = new HashMap<>();
    private final Function<TraceableMapping, Mapping> watch;
    private final Map<List<String>, Mapping> chains = new HashMap<>();

    /**
     * @param files all mapping files by their names, checked when the configuration was read
     * @param tables the code tables of the same configuration
     * @param watch what stands before each mapping; the mapping itself where nothing does
     */
    MappingAssembly(Map<String, MappingConfig> files, CodeTables tables, Function<TraceableMapping, Mapping> watch) {
        this.watch = watch;
        this.files = files;
        this.tables = tables;
        this.steps = new StepAssembly(files, tables.names());
    }

    /** What a route's messages go through; null where nothing is. */
    @Nullable
    Mapping mapping(List<String> names) {
        return names.isEmpty() ? null : chains.computeIfAbsent(List.copyOf(names), this::chain);
    }

    private Mapping chain(List<String> names) {
        List<StepMapping> mappings = names.stream()
                .map(name -> made.computeIfAbsent(name, this::stepMapping))
                .toList();
        return watch.apply(mappings.size() == 1 ? mappings.get(0) : new MappingChain(mappings));
    }

    private StepMapping stepMapping(String name) {
        MappingConfig config = files.get(name);
        if (config == null) {
            throw new IllegalStateException("the mapping file " + name + " was not read");
        }
        Limits limits = config.limits();
        return new StepMapping(new MappingProgram(
                config.mapping(),
                config.start() == Start.EMPTY,
                new RunLimits(limits.steps(), limits.time(), limits.size()),
                tables,
                steps.steps(config.mapping(), config.steps()),
                config.to().map(to -> type(config.mapping(), to)).orElse(List.of())));
    }

    private static List<Step> type(String mapping, TypeConfig to) {
        List<Step> last = new ArrayList<>();
        String[] parts = to.type().value().split("\\^", -1);
        for (int component = 1; component <= 3; component++) {
            String part = component <= parts.length ? parts[component - 1] : "";
            last.add(set(mapping, "MSH-9." + component, part));
        }
        to.version().ifPresent(version -> last.add(set(mapping, "MSH-12.1", version.value())));
        return last;
    }

    private static Step set(String mapping, String path, String value) {
        return new SetStep(new StepPlace(mapping, "to", "set " + path), MessagePath.parse(path), value);
    }
}
