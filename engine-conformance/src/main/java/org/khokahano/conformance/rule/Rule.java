package org.khokahano.conformance.rule;

import org.khokahano.ack.ErrorCondition;
import org.khokahano.validation.Finding;
import org.khokahano.validation.Place;
import org.khokahano.validation.Severity;

/**
 * What all findings of one rule have in common.
 *
 * @param id a word that stays the same over releases
 * @param layer who set it
 * @param severity of its findings
 * @param condition what ERR-3 says
 */
public record Rule(String id, String layer, Severity severity, ErrorCondition condition) {

    public Finding at(Place place, String sentence) {
        return new Finding(place, id, layer, severity, condition, sentence);
    }
}
