package org.khokahano.config.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.khokahano.config.yaml.ConfigNode;

/**
 * A list.
 *
 * @param element what each item is
 * @param plural what several of them are called
 */
public record ListType<T>(Type<T> element, String plural) implements Type<List<T>> {

    @Override
    public String noun() {
        return "a list of " + plural;
    }

    @Override
    public String advice() {
        return "write [a, b], or one line '- a' for each";
    }

    @Override
    public boolean holdsSecret() {
        return element.holdsSecret();
    }

    @Override
    public Optional<List<T>> readPresent(ConfigNode node, Reading reading) {
        if (!(node instanceof ConfigNode.Sequence sequence)) {
            boolean one = node instanceof ConfigNode.Scalar scalar
                    && scalar.showable()
                    && !scalar.text().isBlank()
                    && !scalar.text().matches(".*[\\[\\],].*")
                    && !holdsSecret();
            String hint = one ? "for a single one write [" + ((ConfigNode.Scalar) node).text() + "]" : advice();
            return reading.mismatch(node, this, hint);
        }
        List<T> items = new ArrayList<>();
        for (ConfigNode item : sequence.items()) {
            reading.read(item, element).ifPresent(items::add);
        }
        return Optional.of(List.copyOf(items));
    }
}
