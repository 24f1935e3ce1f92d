package org.khokahano.validation;

import org.khokahano.ack.ErrorCondition;

/**
 * One thing that is wrong or odd in a message.
 *
 * @param place where
 * @param rule the rule that was broken, as a word or an id that stays the same over releases:
 *     {@code usage}, {@code cardinality}, {@code LS-PID-1}
 * @param layer who set the rule: {@code hl7}, or the name of the profile
 * @param severity how grave
 * @param condition what ERR-3 says of it
 * @param sentence for people; names places, codes of rules and numbers, never a value of the message (R25)
 */
public record Finding(
        Place place, String rule, String layer, Severity severity, ErrorCondition condition, String sentence) {}
