package org.khokahano.conformance.load;

/**
 * A code and where it is from.
 *
 * @param system empty where any is right
 */
record CodedValue(String code, String system) {

    String inWords() {
        return SourceNames.sentence(system.isEmpty() ? code : code + " of " + system, 80);
    }
}
