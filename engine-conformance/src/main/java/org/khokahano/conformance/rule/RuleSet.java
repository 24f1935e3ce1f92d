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
    /** Kinds that are known again; HL7 has some hundred in each version, and a site uses a few. */
    private static final int MOST_KINDS = 2_000;

    /** Places of all kinds whose rules are kept, a hundred bytes each; a kind has some hundreds to thousands. */
    private static final int MOST_PLACES = 400_000;

    private final String name;
    private final List<RuleLayer> layers;
    private final Set<String> profileIds;
    private final ConcurrentMap<MessageKind, CompiledRules> byKind = new ConcurrentHashMap<>();
    private final ConcurrentMap<List<Object>, CompiledRules> compiled = new ConcurrentHashMap<>();
    private long places;

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
        CompiledRules known = byKind.get(kind);
        return known == null ? find(kind) : known;
    }

    private CompiledRules find(MessageKind kind) {
        List<Object> key = layers.stream().map(layer -> layer.dependsOn(kind)).toList();
        CompiledRules known = compiled.get(key);
        CompiledRules rules = known == null ? compile(kind, key) : known;
        if (byKind.size() >= MOST_KINDS) {
            // Kinds are what senders write; invented ones must not keep the others out for ever.
            byKind.clear();
        }
        byKind.put(kind, rules);
        return rules;
    }

    private synchronized CompiledRules compile(MessageKind kind, List<Object> key) {
        CompiledRules known = compiled.get(key);
        if (known != null) {
            return known;
        }
        RuleTree tree = new RuleTree();
        layers.forEach(layer -> layer.addTo(tree, kind));
        CompiledRules rules = tree.compile();
        places += rules.places();
        if (places > MOST_PLACES) {
            compiled.clear();
            byKind.clear();
            places = rules.places();
        }
        compiled.put(key, rules);
        return rules;
    }
}
