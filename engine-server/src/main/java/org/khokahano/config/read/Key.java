package org.khokahano.config.read;

import java.util.Optional;

/**
 * A key as it is declared.
 *
 * @param sentence what it is for, in one sentence
 * @param defaultText what holds if it is missing, as YAML; empty if then nothing holds
 * @param required whether it must be there
 */
public record Key<X>(String name, Type<X> type, String sentence, Optional<String> defaultText, boolean required) {}
