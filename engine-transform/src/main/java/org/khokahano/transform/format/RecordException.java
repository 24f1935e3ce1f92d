package org.khokahano.transform.format;

/** That a record is not as its format has it; its text says where and what, without content. */
final class RecordException extends Exception {
    private static final long serialVersionUID = 1L;

    RecordException(String problem) {
        super(problem);
    }

    String problem() {
        return String.valueOf(getMessage());
    }
}
