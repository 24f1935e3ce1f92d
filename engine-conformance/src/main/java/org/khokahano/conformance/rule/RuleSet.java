package org.khokahano.conformance.rule;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.khokahano.message.Message;
import org.khokahano.route.Origin;
import org.khokahano.validation.Findings;
import org.khokahano.validation.Validator;

/**
 * Layers under one name. The rules for a kind of message are merged when the first such message comes,
 * and kept; the layers are asked in their order.
 */
public final class RuleSet implements Validator {
    /** Kinds whose rules are kept; HL7 has some hundred in each version, and a site uses a few. */
    private static final int MOST_KINDS = 500;

    private final String name;
    private final List<RuleLayer> layers;
    private final Set<String> profileIds;
    private final ConcurrentMap<MessageKind, CompiledRules> compiled = new ConcurrentHashMap<>();

    public RuleSet(String name, List<RuleLayer> layers) {
        this.name = name;
        this.layers = List.copyOf(layers);
        this.profileIds =
                layers.stream().flatMap(layer -> layer.profileIds().stream()).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void validate(Message message, Origin origin, Findings findings) {
        rules(MessageKind.of(message, profileIds)).check(message, origin, findings);
    }

    private CompiledRules rules(MessageKind kind) {
        CompiledRules known = compiled.get(kind);
        if (known == null) {
            RuleTree tree = new RuleTree();
            layers.forEach(layer -> layer.addTo(tree, kind));
            known = tree.compile();
            if (compiled.size() >= MOST_KINDS) {
                // Kinds are what senders write; invented ones must not keep the others out for ever.
                compiled.clear();
            }
            compiled.put(kind, known);
        }
        return known;
    }
}
