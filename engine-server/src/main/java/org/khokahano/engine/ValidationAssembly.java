package org.khokahano.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.OnFinding;
import org.khokahano.config.RuleSetConfig;
import org.khokahano.config.ValidateConfig;
import org.khokahano.config.value.RuleLevel;
import org.khokahano.conformance.profile.Profile;
import org.khokahano.conformance.profile.ProfileLayer;
import org.khokahano.conformance.rule.RuleLayer;
import org.khokahano.conformance.rule.RuleSet;
import org.khokahano.conformance.standard.Hl7Tables;
import org.khokahano.conformance.standard.StandardLayer;
import org.khokahano.conformance.standard.StandardLevels;
import org.khokahano.message.definition.Hl7Definitions;
import org.khokahano.table.CodeTable;
import org.khokahano.validation.Response;
import org.khokahano.validation.Severity;
import org.khokahano.validation.ValidationPolicy;
import org.khokahano.validation.Validator;

/** Makes the validators of a configuration, each rule set once. */
final class ValidationAssembly {

    private final EngineConfig config;
    private final UnaryOperator<Validator> watch;
    private final Map<String, Validator> validators = new HashMap<>();
    private @Nullable ProfileAssembly profiles;
    private @Nullable Hl7Definitions definitions;

    ValidationAssembly(EngineConfig config) {
        this(config, validator -> validator);
    }

    /** @param watch what stands before each validator; it must find what the validator does */
    ValidationAssembly(EngineConfig config, UnaryOperator<Validator> watch) {
        this.config = config;
        this.watch = watch;
    }

    /** What a listener or a route does; null where it does not validate. */
    synchronized @Nullable ValidationPolicy policy(Optional<ValidateConfig> configured) {
        if (configured.isEmpty()) {
            return null;
        }
        ValidateConfig validate = configured.get();
        RuleSetConfig rules = config.validation().get(validate.with());
        if (rules == null) {
            throw new IllegalStateException("rule set " + validate.with() + " was not read");
        }
        Validator validator = validators.computeIfAbsent(validate.with(), name -> watch.apply(validator(name, rules)));
        return new ValidationPolicy(
                validator,
                response(validate.onError()),
                response(validate.onWarning()),
                response(validate.onInformation()),
                rules.limits().findings(),
                rules.limits().steps());
    }

    /** Loads HL7's definitions with the first rule set: most engines have none. */
    private Validator validator(String name, RuleSetConfig rules) {
        Hl7Definitions known = definitions == null ? new Hl7Definitions() : definitions;
        definitions = known;
        StandardLevels levels = new StandardLevels(
                severity(rules.structure()),
                severity(rules.dataTypes()),
                severity(rules.lengths()),
                severity(rules.tables()));
        Map<Integer, CodeTable> siteTables = new HashMap<>();
        rules.siteTables()
                .forEach((number, table) ->
                        config.codes().table(table).ifPresent(read -> siteTables.put(Integer.parseInt(number), read)));
        Hl7Tables tables = Hl7Tables.shipped();
        RuleLayer standard = new StandardLayer(known, levels, tables, siteTables);
        if (rules.profiles().isEmpty()) {
            return new RuleSet(name, List.of(standard));
        }
        ProfileAssembly made = profiles == null ? new ProfileAssembly(config, tables) : profiles;
        profiles = made;
        List<Profile> chosen = rules.profiles().stream().map(made::profile).toList();
        return new RuleSet(name, List.of(standard, new ProfileLayer(chosen, known)));
    }

    static @Nullable Severity severity(RuleLevel level) {
        return switch (level) {
            case ERROR -> Severity.ERROR;
            case WARNING -> Severity.WARNING;
            case INFORMATION -> Severity.INFORMATION;
            case OFF -> null;
        };
    }

    private static Response response(OnFinding action) {
        return switch (action) {
            case REJECT -> Response.REJECT;
            case HOLD -> Response.HOLD;
            case WARN -> Response.WARN;
            case IGNORE -> Response.IGNORE;
        };
    }
}
