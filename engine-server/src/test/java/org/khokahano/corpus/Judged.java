package org.khokahano.corpus;

/**
 * What became of one message.
 *
 * @param source where the corpus has it from
 * @param type MSH-9.1 and MSH-9.2; a word in parentheses where there is no message to read it from
 * @param reason why it was held or rejected: a code, or a rule of validation; empty where it was accepted
 * @param place where, for a rule of validation; empty otherwise
 * @param exact whether what goes out is what came in, byte for byte, past a mapping too
 */
record Judged(
        String file,
        String source,
        String type,
        Fate fate,
        String reason,
        String place,
        boolean exact,
        HapiVerdict hapi) {

    /** What the engine does. */
    enum Fate {
        ACCEPTED("accepted"),
        HELD("held"),
        REJECTED("rejected");

        private final String words;

        Fate(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }
}
