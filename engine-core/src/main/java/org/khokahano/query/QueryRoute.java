package org.khokahano.query;

import org.jspecify.annotations.Nullable;
import org.khokahano.mapping.Mapping;

/**
 * Where the queries of a listener go, and what they and their answers go through on the way.
 *
 * @param name the name of the destination that answers
 * @param mapQuery what a query goes through before it is asked, or null
 * @param mapAnswer what an answer goes through before it is given, or null
 */
public record QueryRoute(
        String name,
        QueryPartner partner,
        @Nullable Mapping mapQuery,
        @Nullable Mapping mapAnswer) {}
