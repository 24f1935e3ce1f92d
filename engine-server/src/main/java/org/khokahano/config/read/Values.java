package org.khokahano.config.read;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.khokahano.config.problem.Location;
import org.khokahano.config.yaml.ConfigNode;

/** What was read of one mapping, field by field, for its rules and for making its record. */
public final class Values {
    private final ConfigNode.Mapping mapping;
    private final Reading reading;
    private final Set<String> misspelt;
    private final IdentityHashMap<Field<?>, Object> read = new IdentityHashMap<>();

    /**
     * @param misspelt keys that were probably meant by others that are none; that one of them is missing
     *     needs no second message
     */
    Values(ConfigNode.Mapping mapping, Reading reading, Set<String> misspelt) {
        this.mapping = mapping;
        this.reading = reading;
        this.misspelt = misspelt;
    }

    /** Notes that a field's value does not go with the others, at its key. */
    public void error(Field<?> field, String message, String hint) {
        reading.problems().error(placeOf(field), message, hint);
    }

    /** Notes that a field's value is probably not what was meant, at its key. */
    public void warning(Field<?> field, String message, String hint) {
        reading.problems().warning(placeOf(field), message, hint);
    }

    /** Whether one of the field's keys is written, rather than its default holding. */
    public boolean isWritten(Field<?> field) {
        return field.keys().stream().anyMatch(key -> entry(key).isPresent());
    }

    // A field's source gives values of the field's type only.
    @SuppressWarnings("unchecked")
    <X> X get(Field<X> field) {
        Object value = read.get(field);
        if (value == null) {
            throw new IllegalStateException("a field of another section");
        }
        return (X) value;
    }

    /** Reads one field; false if there is no value to go on with. */
    <X> boolean add(Field<X> field) {
        Optional<X> value = field.read(this);
        value.ifPresent(present -> read.put(field, present));
        return value.isPresent();
    }

    Optional<ConfigNode.Entry> entry(Key<?> key) {
        return Optional.ofNullable(mapping.entries().get(key.name()));
    }

    Reading reading() {
        return reading;
    }

    void missing(List<? extends Key<?>> keys, String message, String hint) {
        if (keys.stream().noneMatch(key -> misspelt.contains(key.name()))) {
            reading.error(mapping.location(), message, hint);
        }
    }

    private Location placeOf(Field<?> field) {
        return field.keys().stream()
                .flatMap(key -> entry(key).stream())
                .map(ConfigNode.Entry::keyLocation)
                .findFirst()
                .orElse(mapping.location());
    }
}
