package org.khokahano.message;

/** That XML is no message, or a message cannot be XML; its text says where and why, without content. */
public final class XmlMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    XmlMessageException(String problem) {
        super(problem);
    }

    /** Where and why. */
    public String problem() {
        return String.valueOf(getMessage());
    }
}
