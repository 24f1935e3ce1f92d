package org.khokahano.config.read;

import java.util.List;
import java.util.Optional;

/**
 * A part of a {@link Section}'s record: one key, or several of which exactly one may be there.
 *
 * <p>Fields are made by {@link Section.Declaration} and compared by identity.
 */
public final class Field<X> {
    private final List<Key<?>> keys;
    private final boolean required;
    private final Source<X> source;

    Field(List<Key<?>> keys, boolean required, Source<X> source) {
        this.keys = List.copyOf(keys);
        this.required = required;
        this.source = source;
    }

    /** Its value among those that were read. */
    public X in(Values values) {
        return values.get(this);
    }

    /** The key, or those of which one is there. */
    public List<Key<?>> keys() {
        return keys;
    }

    /** Whether its key, or one of its keys, must be there. */
    public boolean isRequired() {
        return required;
    }

    /** The value to use in a mapping; empty if there is none, which is noted then. */
    Optional<X> read(Values values) {
        return source.read(values);
    }

    /** Where a field's value comes from. */
    interface Source<X> {
        Optional<X> read(Values values);
    }
}
