package org.khokahano.config.read;

import org.khokahano.config.problem.Location;

/**
 * A value with the place where it is written, for checks that come after reading. Two are equal where
 * their values are, wherever they stand.
 */
public record Placed<T>(T value, Location place) {

    @Override
    public boolean equals(Object other) {
        return other instanceof Placed<?> that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value + " at " + place;
    }
}
