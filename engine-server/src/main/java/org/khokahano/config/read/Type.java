package org.khokahano.config.read;

import java.util.Optional;
import org.khokahano.config.yaml.ConfigNode;

/**
 * What may stand at a place of the configuration.
 *
 * <p>The kinds of types are few and each is a value that can be walked, so that a schema or a reference
 * page is made of the same declaration that reads the file.
 */
public sealed interface Type<T>
        permits CodesType,
                KeyedType,
                LaterType,
                ScalarType,
                ChoiceType,
                ReferenceType,
                FileType,
                ListType,
                NamedType,
                EitherType,
                Section,
                PlacedType,
                OneOrMoreType,
                VariantType {

    /** What it is with its article, for messages: "a duration". */
    String noun();

    /** How to write it, for a hint; empty where the noun says all. */
    String advice();

    /** Whether a secret may stand directly in it. */
    boolean holdsSecret();

    /**
     * Reads what is written, noting each problem at its place. Called through {@link Reading#read} only,
     * which has dealt with values that are missing or already known to be broken.
     *
     * @return the value, as far as it could be read; a list or a mapping of names without the items that
     *     could not be
     */
    Optional<T> readPresent(ConfigNode node, Reading reading);
}
