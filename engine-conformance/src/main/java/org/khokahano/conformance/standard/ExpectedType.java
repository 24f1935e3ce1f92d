package org.khokahano.conformance.standard;

import java.util.List;
import org.khokahano.conformance.rule.ElementRules;
import org.khokahano.conformance.rule.Rule;
import org.khokahano.message.definition.DataTypeDefinition;
import org.khokahano.message.definition.Hl7Definitions;

/** A data type that a profile expects in the place of HL7's. */
public final class ExpectedType {
    private static final int SUBCOMPONENT = 2;
    private static final String DATA_TYPE = "dataType";

    private final Hl7Definitions definitions;
    private final String version;
    private final Rule rule;

    /** @param rule what is broken where a value is not of the type; its id is {@code dataType} */
    public ExpectedType(Hl7Definitions definitions, String version, Rule rule) {
        this.definitions = definitions;
        this.version = version;
        this.rule = rule;
    }

    /** Sets the rules of the type, in the place of what HL7's type brought. */
    public void set(ElementRules rules, String type) {
        rules.untype(List.of(DATA_TYPE, "table"));
        add(rules, type, 0);
    }

    private void add(ElementRules rules, String type, int depth) {
        DataTypeSyntax syntax = DataTypeSyntax.of(type);
        if (syntax != null) {
            String sentence = "the value is not " + syntax.words();
            rules.value(DATA_TYPE, (element, findings) -> {
                if (!syntax.fits(element) && !element.isEmpty()) {
                    findings.add(rule.at(element.place(), sentence));
                }
            });
            return;
        }
        if (depth > SUBCOMPONENT) {
            return;
        }
        List<DataTypeDefinition.Component> components = definitions
                .dataType(type, version)
                .map(DataTypeDefinition::components)
                .orElse(List.of());
        for (int i = 0; i < components.size(); i++) {
            add(rules.part(i + 1), components.get(i).dataType(), depth + 1);
        }
    }
}
