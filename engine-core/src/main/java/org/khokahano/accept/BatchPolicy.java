package org.khokahano.accept;

/**
 * How a listener takes batches (2.10.3).
 *
 * @param answers which messages the answer to a batch speaks of (R44)
 * @param broken what becomes of a batch whose counts or grammar are wrong (R43)
 * @param unlabelled what becomes of several messages that follow each other without FHS or BHS
 */
public record BatchPolicy(Answers answers, Broken broken, Unlabelled unlabelled) {

    /** Several messages without a batch around them are taken one by one, as both headers are optional (R43). */
    public BatchPolicy(Answers answers, Broken broken) {
        this(answers, broken, Unlabelled.SPLIT);
    }

    /** What becomes of several messages that follow each other without FHS or BHS. */
    public enum Unlabelled {
        /** They are refused whole, and kept in quarantine. */
        REJECT,
        /** Each is taken by itself, as those of a batch. */
        SPLIT
    }

    /** Which acknowledgements an answer to a batch holds (R44). */
    public enum Answers {
        /** Those of all its messages. */
        ALL,
        /** Those that are not positive. */
        ERRORS,
        /** None: there is no answer. */
        NONE
    }

    /** What becomes of a batch that may have lost something on its way (R43). */
    public enum Broken {
        /** It is refused whole, and kept in quarantine. */
        REJECT,
        /** Its messages are taken, and a warning is counted. */
        ACCEPT
    }

    public static final BatchPolicy DEFAULT = new BatchPolicy(Answers.ALL, Broken.REJECT);
}
