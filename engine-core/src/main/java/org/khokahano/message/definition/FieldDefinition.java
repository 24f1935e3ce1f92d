package org.khokahano.message.definition;

/**
 * A field of a segment as HL7 defines it.
 *
 * @param number from 1
 * @param name as in {@code Patient Identifier List}
 * @param dataType as in {@code CX}
 * @param required whether it must have a value
 * @param mostRepetitions how often it may repeat; 0 for any number
 * @param longestLength in characters, 0 where none is defined
 * @param table the number of HL7's or the site's table, 0 where the field itself names none
 */
public record FieldDefinition(
        int number,
        String name,
        String dataType,
        boolean required,
        int mostRepetitions,
        int longestLength,
        int table) {}
